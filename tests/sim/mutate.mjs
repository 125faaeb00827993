// node mutate.mjs NAME OUT: writes the mutant's source, made from the real one by its substitution (mutants.json). A
// substitution that does not apply exactly once ends the build: the code has moved on, and the mutant with it.
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const [name, out] = process.argv.slice(2);
const mutant = JSON.parse(readFileSync(join(here, 'mutants.json'), 'utf8')).find((one) => one.name === name);
if (mutant === undefined) throw new Error(`mutants.json has no '${name}'`);
const source = readFileSync(join(here, '../..', mutant.file), 'utf8');
const times = source.split(mutant.before).length - 1;
if (times !== 1) {
  console.error(`the mutant '${name}' does not apply: its text stands ${times} times in ${mutant.file}`);
  process.exit(1);
}
writeFileSync(out, source.replace(mutant.before, () => mutant.after));

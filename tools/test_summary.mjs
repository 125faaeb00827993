// Adds up CTest's JUnit reports into the line that ./test ends with, and names what failed and what was skipped.
// Usage: node tools/test_summary.mjs REPORT-FOLDER
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const folder = process.argv[2];
const count = { run: 0, fail: 0, notrun: 0, disabled: 0 };
const named = { fail: [], skipped: [] };
for (const file of readdirSync(folder).filter((f) => f.endsWith('.xml'))) {
  const preset = file.replace(/\.xml$/, '');
  for (const match of readFileSync(join(folder, file), 'utf8').matchAll(/<testcase name="([^"]*)"[^>]*status="([^"]*)"/g)) {
    const [, name, status] = match;
    count[status] = (count[status] ?? 0) + 1;
    if (status === 'fail') named.fail.push(`${preset}: ${name}`);
    if (status === 'notrun' || status === 'disabled') named.skipped.push(`${preset}: ${name}`);
  }
}
for (const name of named.skipped) console.log(`skipped  ${name}`);
for (const name of named.fail) console.log(`FAILED   ${name}`);
const skipped = count.notrun + count.disabled;
console.log(`${count.run} passed, ${count.fail} failed, ${skipped} skipped`);
process.exit(count.fail > 0 || count.run === 0 ? 1 : 0);

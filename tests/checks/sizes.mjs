// Files stay small: headers at most 250 lines, sources, scripts and tests 500. The list of exceptions may only shrink.
import { readFileSync } from 'node:fs';
import { repository, trackedFiles } from './files.mjs';

const exceptions = new Map(Object.entries({}));
let breaches = 0;
for (const file of trackedFiles(/\.(h|cpp|mjs|js|sh|cmake)$/)) {
  const lines = readFileSync(`${repository}/${file}`, 'utf8').split('\n').length - 1;
  const limit = exceptions.get(file) ?? (file.endsWith('.h') ? 250 : 500);
  if (lines > limit) {
    breaches += 1;
    console.log(`${file}: ${lines} lines; the limit is ${limit}`);
  }
}
for (const [file, limit] of exceptions) console.log(`exception: ${file} up to ${limit}`);
console.log(breaches === 0 ? 'sizes: all within limits' : `sizes: ${breaches} files are too long; split them by idea`);
process.exit(breaches === 0 ? 0 : 1);

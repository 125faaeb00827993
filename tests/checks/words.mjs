// Words that must not stand in our sources: platform calls in core and shell, hosts and paths of one machine, loose ends.
import { readFileSync } from 'node:fs';
import { repository, trackedFiles } from './files.mjs';

const rules = [
  { files: /^(core|shell)\/.*\.(h|cpp)$/, word: /\b(system_clock|steady_clock|random_device|mt19937|std::rand|setlocale)\b/, why: 'time and chance enter through core/ports' },
  { files: /^(core|shell|web)\/.*\.(h|cpp)$/, word: /\b(throw|try)\b(?=\s*[{(A-Za-z])/, why: 'no exceptions here; use Result' },
  { files: /^(core|shell)\/.*\.(h|cpp)$/, word: /#\s*if.*\b(__EMSCRIPTEN__|_WIN32|__linux__|__APPLE__)\b/, why: 'whole files per platform, in web/ or native/' },
  { files: /^(core)\/.*\.(h|cpp)$/, word: /#\s*include\s*<(thread|mutex|iostream|filesystem|fstream|regex|locale|random|unordered_map|unordered_set)>/, why: 'core has no platform and no order by hash' },
  { files: /^core\/(stats|agreement|consensus|calibration|gate|certificate|audit|people|survival|label_errors|slices)\/.*\.(h|cpp)$/, word: /\bstd::(exp|exp2|expm1|log|log2|log10|log1p|pow|cbrt|hypot|lgamma|tgamma|erf|erfc|sin|cos|tan|atan|tanh)\b/, why: 'C libraries differ in the last bit; use core/stats/elementary.h' },
  { files: /\.(h|cpp|mjs|js|css|html|sh)$/, word: /\b(TODO|FIXME|XXX|HACK)\b/, why: 'an open end belongs into an issue' },
  { files: /./, word: /\/work\/(main|shared)|deb\.debian\.org|registry\.npmjs/, why: 'no path of one machine and no package host' },
];
const skip = /^(package-lock\.json|tests\/checks\/words\.mjs|LICENSE)$|\.(png|ttf|woff2|ico)$/;

let breaches = 0;
for (const file of trackedFiles(/./)) {
  if (skip.test(file)) continue;
  const lines = readFileSync(`${repository}/${file}`, 'utf8').split('\n');
  for (const rule of rules.filter((r) => r.files.test(file))) {
    lines.forEach((line, i) => {
      const code = /\.(h|cpp)$/.test(file) ? line.replace(/\/\/.*$/, '').replace(/"(\\.|[^"\\])*"/g, '""') : line;
      if (!rule.word.test(code)) return;
      breaches += 1;
      console.log(`${file}:${i + 1}: ${line.trim()}\n    ${rule.why}`);
    });
  }
}
console.log(breaches === 0 ? 'words: nothing forbidden' : `words: ${breaches} breaches`);
process.exit(breaches === 0 ? 0 : 1);

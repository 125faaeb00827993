// Reads every include of our C++ and holds it against layers.txt. Exits 1 with a line per breach.
import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { repository, trackedFiles } from './files.mjs';

const rules = new Map();
for (const line of readFileSync(`${repository}/tests/checks/layers.txt`, 'utf8').split('\n')) {
  const match = /^([a-z/_]+):\s*(.*)$/.exec(line);
  if (match) rules.set(match[1], match[2].split(/\s+/).filter(Boolean));
}

const ruleOf = (folder) => {
  for (let f = folder; f !== '.' && f !== ''; f = dirname(f)) if (rules.has(f)) return f;
  return null;
};

const inside = (path, allowed) => path === allowed || path.startsWith(`${allowed}/`);

const third = (header) => {
  if (!/[./]/.test(header)) return null; // the standard library has neither dot nor slash
  if (/^(std|c)[a-z0-9]*\.h$/.test(header) || /^(sys|unistd|fcntl|errno|signal|string|malloc|math|time|poll|pwd|pthread|dlfcn|spawn|netinet|arpa|termios)([/.])/.test(header)) return null;
  return `<${header.split(/[/.]/)[0]}>`;
};

let breaches = 0;
for (const file of trackedFiles(/\.(h|cpp)$/)) {
  const owner = ruleOf(dirname(file));
  const report = (what) => {
    breaches += 1;
    console.log(`${file}: ${what}`);
  };
  if (!owner) {
    report('its folder stands in no line of tests/checks/layers.txt');
    continue;
  }
  const allowed = [owner, ...rules.get(owner)];
  const text = readFileSync(`${repository}/${file}`, 'utf8');
  for (const [, open, header] of text.matchAll(/^#\s*include\s+([<"])([^>"]+)[>"]/gm)) {
    const ours = open === '"' && /^(core|shell|web|native|demo|bench|tests)\//.test(header);
    if (ours) {
      if (!allowed.some((a) => inside(header, a))) report(`may not include "${header}" (${owner} may include ${allowed.slice(1).join(' ') || 'nothing'})`);
      continue;
    }
    const library = third(header);
    if (library && !allowed.includes(library)) report(`may not include <${header}> (${library} is not in ${owner}'s line)`);
  }
}
console.log(breaches === 0 ? 'layers: every include points inwards' : `layers: ${breaches} breaches`);
process.exit(breaches === 0 ? 0 : 1);

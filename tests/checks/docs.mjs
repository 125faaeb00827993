// The documents name things that exist: relative links lead to files and headings, and paths of this repository in
// `code` are there, functions are in the files that they are said to be in. Each document in docs/ says at its end which
// test keeps it true.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { repository, trackedFiles } from './files.mjs';

const folders = 'assets|bench|cmake|core|demo|docs|native|shell|tests|tools|web';
const path = new RegExp(`^(?:\\./)?(?:(?:${folders})/[\\w./{},*-]*|[A-Z][A-Z-]+\\.md|CMakeLists\\.txt|CMakePresets\\.json|deps\\.lock|emsdk\\.env)$`);

const breaches = [];
const lines = new Map();
const linesOf = (file) => {
  if (!lines.has(file)) lines.set(file, readFileSync(join(repository, file), 'utf8').split('\n'));
  return lines.get(file);
};

// Lines of prose with their numbers, from 1; what stands in a fenced block is no prose.
const proseOf = (file) => {
  let fenced = false;
  return linesOf(file).map((text, i) => {
    if (/^\s*```/.test(text)) fenced = !fenced;
    return { number: i + 1, text: fenced || /^\s*```/.test(text) ? '' : text };
  });
};

const anchorOf = (heading) => heading.trim().toLowerCase().replace(/[`*]/g, '').replace(/[^\p{L}\p{N}\s_-]/gu, '').replace(/\s/g, '-');
const anchorsOf = (file) => new Set(proseOf(file).filter((line) => /^#{1,6} /.test(line.text)).map((line) => anchorOf(line.text.replace(/^#+ /, ''))));

const tracked = new Set(trackedFiles(/./));
const isThere = (name) => tracked.has(name) || existsSync(join(repository, name));

// "core/sync/{client,device}.h" and "core/api/*_answers.cpp" as tests on the tracked files.
const expand = (name) => {
  const braces = name.match(/^(.*)\{([^}]*)\}(.*)$/);
  return braces ? braces[2].split(',').flatMap((one) => expand(braces[1] + one + braces[3])) : [name];
};
const namesSomething = (name) => {
  if (!name.includes('*')) return isThere(name.replace(/\/$/, ''));
  const wanted = new RegExp(`^${name.replace(/[.+^$()|[\]\\]/g, '\\$&').replaceAll('*', '[^/]*')}(/|$)`);
  return [...tracked].some((file) => wanted.test(file));
};

const checkLink = (file, number, target) => {
  if (/^[a-z]+:/.test(target)) return;
  const [name, anchor] = target.split('#');
  const to = name === '' ? file : normalize(join(dirname(file), decodeURIComponent(name)));
  if (!isThere(to)) {
    breaches.push(`${file}:${number}: the link leads nowhere: ${target}`);
  } else if (anchor && to.endsWith('.md') && !anchorsOf(to).has(anchor)) {
    breaches.push(`${file}:${number}: ${to} has no heading #${anchor}`);
  }
};

const documents = trackedFiles(/\.md$/);
for (const file of documents) {
  for (const { number, text } of proseOf(file)) {
    for (const [, target] of text.matchAll(/\]\(([^)\s]+)\)/g)) checkLink(file, number, target);
    for (const [, word] of text.matchAll(/`([^`]+)`/g)) {
      if (!path.test(word)) continue;
      for (const name of expand(word.replace(/^\.\//, ''))) {
        const beside = normalize(join(dirname(file), name));
        if (!namesSomething(name) && !namesSomething(beside)) breaches.push(`${file}:${number}: there is no ${name}`);
      }
    }
  }
}

// `decide()` in `core/workflow/decide.cpp`: the function is in that file.
for (const file of documents) {
  const text = linesOf(file).join(' ');
  for (const [, name, where] of text.matchAll(/`(?:\w+::)*(\w+)\(\)` in `([\w./-]+)`/g)) {
    const there = isThere(where) && new RegExp(`\\b${name}\\(`).test(linesOf(where).join('\n'));
    if (!there) breaches.push(`${file}: there is no ${name}() in ${where}`);
  }
}

// Comments and messages in the code that send a reader to a document.
for (const file of trackedFiles(/\.(h|cpp|mjs|js|sh|cmake)$/)) {
  linesOf(file).forEach((text, i) => {
    for (const [name] of text.matchAll(/\bdocs\/[\w/-]+\.md\b/g)) {
      if (!isThere(name)) breaches.push(`${file}:${i + 1}: there is no ${name}`);
    }
  });
}

// Every decision is in the list of decisions.
const listed = linesOf('docs/adr/README.md').join('\n');
for (const file of trackedFiles(/^docs\/adr\/.*\.md$/)) {
  const name = file.split('/').pop();
  if (name !== 'README.md' && !listed.includes(`(${name})`)) breaches.push(`docs/adr/README.md: does not list ${name}`);
}

// The last section of a document says what holds it to the truth, by a name that is a file.
for (const file of documents.filter((name) => /^docs\/[^/]+\.md$/.test(name))) {
  const tail = linesOf(file).slice(-25).join('\n');
  if (!/`tests\/[^`]+`/.test(tail)) breaches.push(`${file}: does not say at its end which test keeps it true`);
}

for (const breach of breaches) console.log(breach);
console.log(breaches.length === 0 ? `docs: ${documents.length} documents name only what exists` : `docs: ${breaches.length} breaches`);
process.exit(breaches.length === 0 ? 0 : 1);

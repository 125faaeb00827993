// Writes THIRD-PARTY-NOTICES.md: what is built into Countersign's programs and web app from others, with versions from
// the lock files and licences from the sources themselves. Texts of what comes without its licence file (amalgamations,
// system packages) stand in tools/docs/licences.
// Usage: node tools/docs/notices.mjs [--check]
//   --check   change nothing; status 1 when the committed file is not current. Where the pinned sources are laid out, all
//             of it is compared; where not, names and versions.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = new URL('../../', import.meta.url);
const at = (path) => new URL(path, root);
const read = (path) => readFileSync(at(path), 'utf8');
const output = 'THIRD-PARTY-NOTICES.md';

// -- versions --
const lock = new Map(read('deps.lock').split('\n').filter((line) => /^[a-z]/.test(line)).map((line) => line.split(/\s+/)).filter(([kind]) => !['upstream', 'result', 'second', 'package'].includes(kind)).map(([name, version]) => [name, version]));
for (const [, name, package_] of read('deps.lock').matchAll(/^package +(\S+) +(\S+@\S+)/gm)) {
  const [, release] = read('deps.lock').match(new RegExp(`^upstream +${name} .*/tags/v?([^/ ]+)\\.tar`, 'm'));
  lock.set(name, `${release}, as in the npm package ${package_}`);
}
const pins = new Map([...read('emsdk.env').matchAll(/^(\w+)=(\S+)$/gm)].map(([, name, value]) => [name, value]));
const npm = JSON.parse(read('package.json'));
const npmVersion = (name) => npm.dependencies[name] ?? npm.devDependencies[name];
const zones = read('core/zones/zones.txt').match(/database (\w+)/)[1];

// -- what is built in --
const source = (name) => `.toolchain/sources/${name}`;
const ours = (name) => [`tools/docs/licences/${name}.txt`];
const uncommented = (text) => text.replace(/^\/\/ ?/gm, '').replace(/^\/?\*+\/?$/gm, '').replace(/^ \*\/?( |$)/gm, '');
const blessing = (text) => text.match(/The author disclaims[\s\S]*?than you give\./)[0].replace(/^\*\* ?/gm, '');

const components = [
  { name: 'Dear ImGui', version: lock.get('imgui'), licence: 'MIT', used: 'desk', files: [`${source('imgui')}/LICENSE.txt`] },
  { name: 'stb_truetype, stb_rect_pack, stb_textedit (in Dear ImGui)', version: `of Dear ImGui ${lock.get('imgui')}`, licence: 'MIT or public domain', used: 'desk', files: [`${source('imgui')}/imstb_truetype.h`], excerpt: (text) => text.match(/This software is available under 2 licenses[\s\S]*?(?=-{20,}\nALTERNATIVE B)/)[0] },
  { name: 'SQLite', version: lock.get('sqlite3'), licence: 'public domain', used: 'server, desk', files: [`${source('sqlite3')}/sqlite3.h`], excerpt: blessing },
  { name: 'JSON for Modern C++', version: lock.get('json'), licence: 'MIT', used: 'server, desk', files: ours('json') },
  { name: 'RE2', version: lock.get('re2'), licence: 'BSD-3-Clause', used: 'server, desk', files: [`${source('re2')}/LICENSE`], excerpt: uncommented },
  { name: 'libsodium', version: lock.get('libsodium'), licence: 'ISC', used: 'server, desk', files: [`${source('libsodium')}/LICENSE`], excerpt: uncommented },
  { name: 'OpenSSL (libcrypto)', version: 'the system\'s, 3.0 or newer, linked dynamically', licence: 'Apache-2.0', used: 'server', files: [] },
  { name: 'CLI11', version: lock.get('cli11'), licence: 'BSD-3-Clause', used: 'server', files: [`${source('cli11')}/LICENSE`] },
  { name: 'Boost (Asio, Beast and what they need)', version: 'the system\'s, 1.81 or newer', licence: 'BSL-1.0', used: 'server', files: ours('BSL-1.0') },
  { name: 'zlib', version: 'the system\'s, 1.2.11 or newer', licence: 'Zlib', used: 'server, desktop', files: ours('zlib') },
  { name: 'GLFW', version: 'the system\'s', licence: 'Zlib', used: 'desktop', files: ours('GLFW') },
  { name: 'libc++, libc++abi, compiler-rt', version: `LLVM ${pins.get('CLANG_VERSION')}; of Emscripten in the web app`, licence: 'Apache-2.0 WITH LLVM-exception', used: 'server, desk', files: ours('LLVM-exception'), note: 'The Apache License 2.0 stands in LICENSE; to it comes:' },
  { name: 'Emscripten\'s runtime', version: pins.get('EMSCRIPTEN_VERSION'), licence: 'MIT', used: 'web app', files: ours('emscripten') },
  { name: 'musl (in Emscripten)', version: `of Emscripten ${pins.get('EMSCRIPTEN_VERSION')}`, licence: 'MIT', used: 'web app', files: ours('musl') },
  { name: 'Inter', version: npmVersion('@expo-google-fonts/inter'), package: '@expo-google-fonts/inter', licence: 'OFL-1.1', used: 'desk', files: ['node_modules/@expo-google-fonts/inter/LICENSE_FONT'] },
  { name: 'JetBrains Mono', version: npmVersion('@expo-google-fonts/jetbrains-mono'), package: '@expo-google-fonts/jetbrains-mono', licence: 'OFL-1.1', used: 'desk', files: ['node_modules/@expo-google-fonts/jetbrains-mono/LICENSE_FONT'] },
  { name: 'Lucide', version: npmVersion('lucide-static'), package: 'lucide-static', licence: 'ISC, MIT', used: 'desk', files: ['node_modules/lucide-static/LICENSE'] },
  { name: 'IANA time zone database', version: zones, licence: 'public domain', used: 'server, desk', files: [] },
];

const tools = [
  ['Catch2', lock.get('catch2'), 'BSL-1.0', 'tests'],
  ['subset-font', npmVersion('subset-font'), 'BSD-3-Clause', 'cuts the fonts when the desk is built'],
  ['ajv', npmVersion('ajv'), 'MIT', 'tests'],
  ['playwright-core', npmVersion('playwright-core'), 'Apache-2.0', 'tests'],
];

// Every pinned thing must be spoken of, or this script has fallen behind the lock files.
const spokenOf = new Set(['imgui', 'sqlite3', 'catch2', 'json', 'cli11', 'libsodium', 're2', ...components.map((one) => one.package), ...tools.map(([name]) => name)]);
const forgotten = [...lock.keys(), ...Object.keys(npm.dependencies), ...Object.keys(npm.devDependencies)].filter((name) => !spokenOf.has(name));
if (forgotten.length > 0) {
  console.error(`notices: tools/docs/notices.mjs says nothing about ${forgotten.join(', ')}`);
  process.exit(1);
}

// The first one; a line that ends with its years goes on in the next.
const copyrightOf = (text) => text.match(/^[ \t]*((?:CLI11 \S+ )?copyright (?:.*\d\n.*|.*))/im)?.[1] ?? '';
const textOf = (one) => one.files.map((file) => (one.excerpt ?? ((text) => text))(read(file)).replace(/[ \t]+$/gm, '').trim()).join('\n\n');

const table = () => [
  '# Third-party notices',
  '',
  'Made by `tools/docs/notices.mjs` from the lock files and the sources themselves; do not edit. Countersign itself is under the Apache',
  'License 2.0 (`LICENSE`). "Desk" is the web app and the desktop program.',
  '',
  '## What is built in',
  '',
  '| name | version | licence | used in |',
  '|---|---|---|---|',
  ...components.map((one) => `| ${one.name} | ${one.version} | ${one.licence} | ${one.used} |`),
  '',
  '## What only builds and tests',
  'Nothing of these is in what is built.',
  '',
  '| name | version | licence | used for |',
  '|---|---|---|---|',
  ...tools.map((row) => `| ${row.join(' | ')} |`),
  '',
];

const section = (one) => {
  if (one.files.length === 0) return [];
  const text = textOf(one);
  const copyright = copyrightOf(text);
  return [`## ${one.name}`, ...(copyright ? [copyright.replace(/\s+/g, ' '), ''] : []), ...(one.note ? [one.note, ''] : []), '````text', text, '````', ''];
};

const whole = () => [...table(), ...components.flatMap(section)].join('\n');
const sources = components.flatMap((one) => one.files);
const missing = sources.filter((file) => !existsSync(at(file)));

if (!process.argv.includes('--check')) {
  if (missing.length > 0) {
    console.error(`notices: ${missing[0]} is not there; run tools/setup.sh first`);
    process.exit(1);
  }
  writeFileSync(fileURLToPath(at(output)), whole());
} else {
  const committed = read(output);
  const current = missing.length > 0 ? committed.startsWith(table().join('\n')) : committed === whole();
  const how = missing.length > 0 ? `names and versions (${missing.length} sources are not laid out here)` : 'every text';
  console.log(current ? `notices: current; compared ${how}` : 'notices: not current; run node tools/docs/notices.mjs');
  process.exit(current ? 0 : 1);
}

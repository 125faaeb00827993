#!/usr/bin/env node
// Cuts the desk's fonts down to what it shows and writes them as one C++ file.
//   node tools/fonts.mjs OUTPUT.cpp
// Faces: Inter for everything people read, with tabular figures in place of the proportional ones; JetBrains Mono for
// ids; Lucide for icons (those named in shell/ui/font/icon.h). Embedded, not fetched: the desk then has no moment
// without letters, works offline from its first byte, and the fonts share the program's cache entry and compression.
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync } from 'node:zlib';
import subsetFont from 'subset-font';
import { characterMap, exchangeGlyphs, readTables, substitutions, writeTables } from './fonts/truetype.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const budget = 120_000; // bytes, brotli

const span = (from, to = from) => String.fromCodePoint(...Array.from({ length: to - from + 1 }, (_, i) => from + i));

const latin = span(0x20, 0x7e) + span(0xa0, 0x17f);
const romanianAndDigraphs = 'ƏəƠơƯưȘșȚțǄǅǆǇǈǉǊǋǌǍǎǏǐǑǒǓǔǦǧǨǩǪǫǴǵ';
const vietnameseAndWelsh = span(0x1e80, 0x1e85) + span(0x1e9e) + span(0x1ea0, 0x1ef9) + 'ḂḃḊḋḞḟṀṁṖṗṠṡṪṫ';
const greek = span(0x384, 0x3ce);
const cyrillic = span(0x400, 0x45f) + span(0x490, 0x493) + 'ҒғҖҗҚқҢңҮүҰұҲҳҶҷҺһӘәӢӣӨөӮӯ';
const combining = span(0x300, 0x304) + span(0x306, 0x30c) + span(0x327, 0x328);
const punctuation = '‐‑‒–—―‘’‚‛“”„‟†‡•…‰′″‹›⁄€₴₽₺₹₿№℅ℓ™Ω℮−×÷±≈≠≤≥∞√∑∏∂∫◊←↑→↓↔↕↖↗↘↙↵⇧⇥⌘⌥⌃⌫⏎␣●○◆◇■□▲△▼▽✓✗★☆';

const inter = (weight, file) => join(root, `node_modules/@expo-google-fonts/inter/${weight}/${file}.ttf`);
const everything = latin + romanianAndDigraphs + vietnameseAndWelsh + greek + cyrillic + combining + punctuation;
const headings = latin + romanianAndDigraphs + greek + cyrillic + '–—‘’“”„•…€→↓↑←−×⇧⏎⌘⌥⌃⌫✓✗';

// Icons: "name = 0xe06c," in the header must be what the font's index says.
const icons = () => {
  const index = JSON.parse(readFileSync(join(root, 'node_modules/lucide-static/font/codepoints.json'), 'utf8'));
  const header = readFileSync(join(root, 'shell/ui/font/icon.h'), 'utf8');
  let text = '';
  for (const [, name, code] of header.matchAll(/^ {4}([a-z0-9_]+) = 0x([0-9a-f]+),$/gm)) {
    const known = index[name.replaceAll('_', '-')];
    if (known !== Number.parseInt(code, 16)) {
      throw new Error(`shell/ui/font/icon.h: ${name} is 0x${code}, but in the font it is ${known === undefined ? 'missing' : `0x${known.toString(16)}`}`);
    }
    text += String.fromCodePoint(known);
  }
  return text;
};

const withTabularFigures = (font) => {
  const tables = readTables(font);
  const map = characterMap(tables);
  const tabular = substitutions(tables, 'tnum');
  const pairs = [...'0123456789'].map((digit) => [map.get(digit.codePointAt(0)), tabular.get(map.get(digit.codePointAt(0)))]);
  if (pairs.some(([, to]) => to === undefined)) throw new Error('the font has no tabular figures (tnum)');
  return writeTables(exchangeGlyphs(tables, pairs));
};

const faces = [
  { name: 'text', file: inter('400Regular', 'Inter_400Regular'), characters: everything, tabular: true },
  { name: 'medium', file: inter('500Medium', 'Inter_500Medium'), characters: headings, tabular: true },
  { name: 'strong', file: inter('600SemiBold', 'Inter_600SemiBold'), characters: headings, tabular: true },
  {
    name: 'mono',
    file: join(root, 'node_modules/@expo-google-fonts/jetbrains-mono/400Regular/JetBrainsMono_400Regular.ttf'),
    characters: latin + cyrillic + greek + '–—…→',
  },
  { name: 'icons', file: join(root, 'node_modules/lucide-static/font/lucide.ttf'), characters: icons() },
];

// What stb_truetype does not read is dropped: features, hints, names.
const dropped = ['GSUB', 'GPOS', 'GDEF', 'STAT', 'name', 'post', 'OS/2', 'gasp', 'prep', 'fpgm', 'cvt ', 'DSIG'];

const cut = async ({ name, file, characters, tabular }) => {
  const original = readFileSync(file);
  const font = tabular ? withTabularFigures(original) : original;
  const options = { targetFormat: 'truetype', dropTables: dropped, noHinting: true, noLayoutClosure: true, keepFeatures: [] };
  const small = Buffer.from(await subsetFont(font, characters, options));
  const has = characterMap(readTables(small));
  const lost = [...new Set(characters)].filter((c) => !has.has(c.codePointAt(0)));
  if (name === 'icons' && lost.length > 0) throw new Error(`icons: ${lost.length} are not in the font`);
  return { name, bytes: small, lost };
};

const asArray = ({ name, bytes }) => {
  const rows = [];
  for (let i = 0; i < bytes.length; i += 32) rows.push(`    ${[...bytes.subarray(i, i + 32)].join(', ')},`);
  return `alignas(4) constexpr unsigned char k_${name}[] = {\n${rows.join('\n')}\n};`;
};

const output = process.argv[2];
if (!output) {
  console.error('usage: node tools/fonts.mjs OUTPUT.cpp');
  process.exit(2);
}
const cuts = await Promise.all(faces.map(cut));
let total = 0;
for (const { name, bytes, lost } of cuts) {
  const compressed = brotliCompressSync(bytes).length;
  total += compressed;
  console.log(`${name}: ${bytes.length} bytes, ${compressed} with brotli${lost.length > 0 ? `; not in the font: ${lost.join(' ')}` : ''}`);
}
console.log(`fonts: ${total} bytes with brotli of ${budget} allowed`);
if (total > budget) throw new Error(`the fonts are over their budget by ${total - budget} bytes`);
writeFileSync(
  output,
  `// Written by tools/fonts.mjs; not to be edited.
#include "shell/ui/font/font_data.h"

namespace countersign::shell {
namespace {

${cuts.map(asArray).join('\n\n')}

}  // namespace

std::span<const unsigned char> font_data(Face face) {
    switch (face) {
${cuts.map(({ name }) => `        case Face::${name}: return k_${name};`).join('\n')}
    }
    return {};
}

}  // namespace countersign::shell
`,
);

// docs/rules.md names every function of core/rules by its signature, every macro, and every limit with its value.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { trackedFiles } from './files.mjs';

const read = (path) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const page = read('docs/rules.md');

test('every function, by its signature, and no other', () => {
  const sources = trackedFiles(/^core\/rules\/.*\.cpp$/).map(read).join('\n');
  const inCode = [...sources.matchAll(/\{"([^"]+ -> [^"]+)",/gm)].map(([, signature]) => signature);
  const onPage = [...page.matchAll(/^(\S[^`|\n]* -> \S.*)$/gm)].map(([, signature]) => signature);
  assert.ok(inCode.length > 100);
  assert.deepEqual([...onPage].sort(), [...inCode].sort());
});

test('every macro', () => {
  const macros = read('core/rules/macros.cpp');
  const names = new Set([...macros.matchAll(/\{"(\w+)", Macro::/g)].map(([, name]) => name));
  for (const name of ['has', 'optMap', 'optFlatMap', 'cel.bind']) names.add(name);
  assert.ok(names.size >= 11);
  for (const name of names) assert.ok(page.includes(`${name}(`), name);
});

test('every limit with its value', () => {
  const grouped = (number) => String(number).replace(/\B(?=(\d{3})+$)/g, ',');
  const constants = [...`${read('core/rules/parser.h')}${read('core/rules/limits.h')}`.matchAll(/(?:kMax\w+|cost|elements) = ([\d']+)[;,]/g)].map(([, value]) => Number(value.replaceAll("'", '')));
  assert.equal(constants.length, 6);
  for (const value of constants) assert.ok(page.includes(grouped(value)), grouped(value));
});

test('every variable that a condition sees', () => {
  const environment = read('core/policy/routing_environment.cpp');
  const fields = [...environment.matchAll(/\.name = "(\w+)"/g)].map(([, name]) => name).filter((name) => !['item', 'prediction'].includes(name));
  assert.ok(fields.length >= 9);
  for (const name of fields) assert.match(page, new RegExp(`^\\|.*\`(item|prediction)\\.${name}\``, 'm'), name);
});

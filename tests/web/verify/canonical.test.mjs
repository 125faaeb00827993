// What the JavaScript verifier takes for canonical JSON: the table that the C++ reader is held to.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { canonical, readCanonical } from '../../../web/verify/canonical.js';

const table = JSON.parse(readFileSync(new URL('../../cases/verify/canonical.json', import.meta.url), 'utf8'));

test('texts that are canonical are read, and written the same', () => {
  for (const text of table.canonical) assert.equal(canonical(readCanonical(text)), text);
});

test('texts that are not are refused', () => {
  for (const text of table.not) assert.throws(() => readCanonical(text), `${text} was read`);
});

test('nesting without end does not end the program', () => assert.throws(() => readCanonical('['.repeat(1000000))));

// The same bytes as tests/web/wire/semantics_patch_test.cpp writes.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { readPatch } from '../../../web/page/patch_reader.js';

const cases = JSON.parse(readFileSync(new URL('../../cases/web/semantics_patch.json', import.meta.url), 'utf8'));
const read = (hex) => readPatch(new Uint8Array(Buffer.from(hex, 'hex')));

test('a first patch holds every field of every node', () => {
  const patch = read(cases.first);
  assert.deepEqual(patch.removed, []);
  assert.deepEqual(patch.parents, [{ parent: 0, children: [7] }, { parent: 7, children: [4000000000] }]);
  assert.equal(patch.focused, 4000000000);
  const [list, row] = patch.nodes;
  assert.equal(list.role, 'list');
  assert.equal(list.name, 'Queue');
  assert.deepEqual(list.place, [10, 20, 100, 50.5]);
  assert.equal(row.name, 'Gas smell – Ä');
  assert.deepEqual(row.place, [2, 1, 90, 10]);
  assert.deepEqual(row.numbers, [3, 400, 0]);
  assert.equal(row.state.selected, true);
  assert.equal(row.state.disabled, false);
});

test('a moved node brings its place and its state, nothing else', () => {
  const patch = read(cases.moved);
  assert.deepEqual(Object.keys(patch.nodes[0]), ['id', 'state', 'place']);
  assert.deepEqual(patch.nodes[0].place, [2, 11, 90, 10]);
  assert.equal(patch.focused, 0);
});

test('an emptied screen removes by id', () => {
  assert.deepEqual(read(cases.gone), { removed: [7, 4000000000], nodes: [], parents: [], focused: 0 });
});

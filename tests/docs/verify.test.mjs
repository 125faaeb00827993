// docs/verify.md against the programs: its files are those that the tool makes, its checks those that the program names, and
// its lines those that bundles have.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fencesOf } from './lib/fences.mjs';
import { repository, workplace } from './lib/program.mjs';

const document = readFileSync(join(repository, 'docs/verify.md'), 'utf8');
const tool = process.env.COUNTERSIGN_MAKE_BUNDLES ?? join(repository, 'build/native/tests/core/make_bundles');
const folder = mkdtempSync(join(tmpdir(), 'countersign-example-'));
const place = workplace();
after(() => {
  rmSync(folder, { recursive: true, force: true });
  place.remove();
});
execFileSync(tool, ['example', folder]);
const read = (name) => readFileSync(join(folder, name), 'utf8');

// The first column of the table below a heading, without its marks.
const columnBelow = (heading) =>
  document
    .split(`\n## ${heading}\n`)[1]
    .split('\n## ')[0]
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) => /^\| `([^`]+)`/.exec(line)[1]);

for (const name of ['city.jsonl', 'decision.json', 'decision.tlog-proof']) {
  test(`${name} of the example is the one that is made`, () => {
    const shown = fencesOf(document).find((fence) => fence.file === name);
    assert.equal(`${shown.lines.join('\n')}\n`, read(name));
  });
}

test('the document has every check, in the order in which they are told', () => {
  const { stdout } = spawnSync('countersign', ['verify', '--json', join(folder, 'city.jsonl')], { env: place.environment, encoding: 'utf8' });
  assert.deepEqual(columnBelow('What is checked'), JSON.parse(stdout).checks.map(({ check }) => check));
});

test('the document has every kind of line that bundles have, and names the types that the verifier knows', () => {
  const rows = columnBelow('The bundle');
  const kinds = new Set(read('city.jsonl').trim().split('\n').map((line) => Object.keys(JSON.parse(line))[0]));
  assert.deepEqual(rows.filter((row) => row.startsWith('{')).map((row) => /^\{"(\w+)"/.exec(row)[1]).sort(), [...kinds].sort());
  const code = ['leaf_checks.cpp', 'leaf.h'].map((name) => readFileSync(join(repository, 'core/verify', name), 'utf8')).join('');
  const types = new Set([...code.matchAll(/(?:type [!=]= |kDecision = |kRepeated = )"(\w+)"/g)].map(([, type]) => type));
  assert.ok(types.size >= 6);
  assert.deepEqual(rows.filter((row) => /^\w+$/.test(row)).sort(), [...types].sort());
});

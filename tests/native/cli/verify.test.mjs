// `countersign verify`: statuses, ways to give the bundle, and what is wrong use.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { repository, shell, workplace } from '../../docs/lib/program.mjs';

const place = workplace();
after(() => place.remove());
const tool = process.env.COUNTERSIGN_MAKE_BUNDLES ?? join(repository, 'build/native/tests/core/make_bundles');
execFileSync(tool, ['cases', join(repository, 'tests/cases/verify/tampers.json'), place.folder]);
execFileSync(tool, ['example', place.folder]);
const cases = JSON.parse(readFileSync(join(place.folder, 'index.json'), 'utf8')).filter((one) => !/seed \d+$/.test(one.name));
const [key] = cases.find((one) => one.keys.length > 0).keys;

test('every case of the table ends with the status and the report that it should', async () => {
  for (const one of cases) {
    const given = [...one.keys.map((each) => `--key ${each}`), ...one.checkpoints.map((each) => `--checkpoint ${each}`)].join(' ');
    const { said, status } = await shell(place, `countersign verify ${one.file} ${given} --json --quiet`);
    assert.equal(status, Object.keys(one.finds).length === 0 ? 0 : 6, one.name);
    const { checks, failed } = JSON.parse(said);
    assert.deepEqual({ checks, failed }, { checks: one.report.checks, failed: one.report.failed }, one.name);
  }
});

test('from standard input it is the same', async () => {
  const { said, status } = await shell(place, 'cat city.jsonl | countersign verify - --quiet');
  assert.equal(status, 0);
  assert.match(said, /^standard input\n {2}project city on server 0123456789abcdef/);
  assert.equal(said.replace('standard input', 'city.jsonl'), (await shell(place, 'countersign verify city.jsonl')).said);
});

test('a key from elsewhere stands in the report, with or without its name, and several may be given', async () => {
  const named = JSON.parse(readFileSync(join(place.folder, 'city.jsonl'), 'utf8').split('\n')[1]).key;
  const other = 'A'.repeat(43) + '=';
  for (const given of [`--key ${key}`, `--key ${named}`, `--key ${other} --key ${key}`]) {
    const { said, status } = await shell(place, `countersign verify city.jsonl ${given}`);
    assert.equal(status, 0, given);
    assert.match(said, /signed them with the key that you gave\.\n$/, given);
  }
  assert.equal((await shell(place, `countersign verify city.jsonl --key ${other}`)).status, 6);
});

test('one decision is verified by its proof, and another entry is not', async () => {
  const good = await shell(place, `countersign verify --proof decision.tlog-proof --leaf decision.json --key ${key} --json`);
  assert.deepEqual([good.status, JSON.parse(good.said).verified], [0, true]);
  writeFileSync(join(place.folder, 'other.json'), readFileSync(join(place.folder, 'decision.json'), 'utf8').replace('correct', 'accept'));
  const bad = await shell(place, `countersign verify --proof decision.tlog-proof --leaf other.json --key ${key}`);
  assert.equal(bad.status, 6);
  assert.match(bad.said, /FAILED {2}The entry is among those/);
});

const wrong = [
  ['', /name a bundle, or a proof and its entry/],
  ['city.jsonl --proof decision.tlog-proof', /name a bundle, or a proof and its entry/],
  ['--proof decision.tlog-proof', /--proof and --leaf go together/],
  ['--proof decision.tlog-proof --leaf decision.json', /a proof brings no key of the server: give it by --key/],
  ['nothing.jsonl', /nothing\.jsonl: cannot be read: No such file/],
  ['city.jsonl --key no-key', /--key: is neither a verifier key .* nor 32 bytes in base64/],
  ['city.jsonl --checkpoint city.jsonl', /city\.jsonl: is no checkpoint: line 1: there is no empty line/],
  ['city.jsonl --checkpoint nothing.txt', /nothing\.txt/],
  ['city.jsonl --wrong', /--wrong/],
];
for (const [command, sentence] of wrong) {
  test(`wrong use is status 2 with a sentence: verify ${command}`, async () => {
    const { said, status } = await shell(place, `countersign verify ${command}`);
    assert.equal(status, 2, said);
    assert.match(said, sentence);
  });
}

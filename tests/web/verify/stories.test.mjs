// Logs of real servers, in which everything happened that can: both verifiers say the same about them, as they are and after
// somebody has changed them with care.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { repository, shell, workplace } from '../../docs/lib/program.mjs';
import { verifyBytes } from './lib.mjs';

const place = workplace();
after(() => place.remove());
const teller = process.env.COUNTERSIGN_STORY_TELLER ?? join(repository, 'build/native/tests/core/core_bundle_test');
const folder = join(place.folder, 'stories');
mkdirSync(folder);
execFileSync(teller, ['the log of a full life is verified*,logs of whatever happens*'], { env: { ...process.env, COUNTERSIGN_STORIES: folder } });

const placesIn = ({ failures }) => failures.map(({ check, leaf = 0, line = 0 }) => `${check} entry ${leaf} line ${line}`).sort();
const factsIn = ({ facts }) => facts.map(({ fact, leaf = 0, line = 0 }) => `${fact} entry ${leaf} line ${line}`);
const both = async (text) => {
  writeFileSync(join(place.folder, 'log.jsonl'), text);
  const mine = JSON.parse((await shell(place, 'countersign verify log.jsonl --json --quiet')).said);
  const theirs = await verifyBytes(new TextEncoder().encode(text));
  assert.deepEqual(placesIn(theirs), placesIn(mine));
  assert.deepEqual(factsIn(theirs), factsIn(mine));
  for (const name of ['verified', 'counts', 'types', 'checks', 'failed']) assert.deepEqual(theirs[name], mine[name], name);
  return mine;
};

for (const name of readdirSync(folder).sort()) {
  test(`${name} holds`, async () => {
    const report = await both(readFileSync(join(folder, name), 'utf8'));
    assert.deepEqual(report.failures, []);
  });
}

// The end line that belongs to these lines: who tampers with care makes it anew.
const ended = (lines) => {
  const text = lines.map((line) => `${line}\n`).join('');
  const leaves = lines.filter((line) => line.startsWith('{"leaf":')).length;
  return `${text}{"end":{"leaves":${leaves},"sha256":"${createHash('sha256').update(text).digest('hex')}"}}\n`;
};

test('whatever is done to the full story is named by both, at its place', async () => {
  const lines = readFileSync(join(folder, 'full.jsonl'), 'utf8').trimEnd().split('\n').slice(0, -1);
  assert.equal((await both(ended(lines))).verified, true);
  const indexOf = (part) => lines.findIndex((line) => line.startsWith('{"leaf":') && line.includes(part));
  const decision = indexOf('"type":"review_submitted"');
  const seqAt = (at) => JSON.parse(lines[at]).leaf.seq;
  const waiting = indexOf('it is not signed by the device');
  const changes = {
    'a byte of an entry': [lines.with(decision, lines[decision].replace('"verdict":"accept"', '"verdict":"accepT"')), 'roots'],
    'an entry is left out': [lines.toSpliced(decision, 1), 'numbers'],
    'an entry is changed with its checkpoint left': [lines.with(decision, lines[decision].replace('"verdict":"accept"', '"verdict":"reject"')), 'signatures'],
    'what waited is made to count': [lines.with(waiting, lines[waiting].replace('"type":"operation_quarantined"', '"type":"review_submitted"')), 'roots'],
    'entries have changed places': [lines.with(decision, lines[waiting]).with(waiting, lines[decision]), 'numbers'],
  };
  for (const [what, [changed, check]] of Object.entries(changes)) {
    assert.notDeepEqual(changed, lines, what);
    const report = await both(ended(changed));
    assert.equal(report.verified, false, what);
    assert.ok(report.failures.some((one) => one.check === check), `${what}: ${JSON.stringify(report.failures)}`);
  }
  const { failures } = await both(ended(changes['a byte of an entry'][0]));
  assert.ok(failures.some(({ leaf }) => leaf === seqAt(decision)), JSON.stringify(failures));
});

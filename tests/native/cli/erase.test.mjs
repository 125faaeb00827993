// Erasure as an administrator does it: on a data folder, through a running server, and after somebody put an old store back.
import assert from 'node:assert/strict';
import { copyFileSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { serve, shell, workplace } from '../../docs/lib/program.mjs';

const place = workplace();
after(() => place.remove());

const data = join(place.folder, 'data');
const line = (id, subject, text) => JSON.stringify({ id, ...(subject ? { subject } : {}), input: { text }, prediction: { model: 'm', label: 'street_light', confidence: 0.5 } });
const filesWith = (word) => readdirSync(data).filter((name) => readFileSync(join(data, name)).includes(word));
const exported = async () => (await shell(place, 'countersign export topics --status open,resolved,withdrawn --quiet 2>/dev/null')).said;

before(async () => {
  writeFileSync(join(place.folder, 'lines.jsonl'), [line('a', 'citizen-1', 'Quetzalcoatlus at night'), line('b', 'citizen-1', 'Quetzalcoatlus by day'), line('c', null, 'A lamp is dark')].join('\n'));
  await shell(place, 'countersign project create topics --policy assets/demo/policy-simple.json');
  assert.equal((await shell(place, 'countersign import topics lines.jsonl')).status, 0);
  copyFileSync(join(data, 'countersign.db'), join(place.folder, 'backup.db'));
});

test('keys lie in files of their own that only their owner reads, and no text is in plain', () => {
  for (const name of ['keys.db', 'master.key']) assert.equal(statSync(join(data, name)).mode & 0o777, 0o600, name);
  assert.deepEqual(filesWith('Quetzalcoatlus'), []);
  assert.deepEqual(filesWith('citizen-1'), []);
});

test('through a running server: texts are gone, others stay, the export says since when', async () => {
  const server = await serve(place);
  const erased = await shell(place, 'countersign erase --project topics --subject citizen-1 --ground request --note "file 12/26" 2>/dev/null');
  assert.deepEqual([erased.status, erased.said], [0, 'erased: 2 items\n    a\n    b\n']);
  const records = (await exported()).trim().split('\n').map((one) => JSON.parse(one));
  assert.deepEqual(records.map(({ item }) => [item.id, 'erased' in item, 'input' in item]), [['a', true, false], ['b', true, false], ['c', false, true]]);
  await server.stop();
});

test('again, and by an item, nothing is left; nobody of a name is told', async () => {
  assert.equal((await shell(place, 'countersign erase --project topics --item a --ground law 2>/dev/null')).said, 'erased already; nothing was left\n');
  assert.equal((await shell(place, 'countersign erase --project topics --subject nobody --ground law')).status, 2);
  assert.equal((await shell(place, 'countersign erase --project topics --subject citizen-1')).status, 2);
  assert.equal((await shell(place, 'countersign erase --project topics --item c --ground whim')).status, 2);
});

test('a store whose keys are not there is not served, and no others are made', async () => {
  renameSync(join(data, 'master.key'), join(place.folder, 'master.key'));
  const refused = await shell(place, 'countersign project list 2>&1');
  assert.equal(refused.status, 4);
  assert.match(refused.said, /master\.key is not here/);
  assert.ok(!readdirSync(data).includes('master.key'));
  renameSync(join(place.folder, 'master.key'), join(data, 'master.key'));
});

test('an older store beside the present keys is brought in line before anything is answered', async () => {
  for (const name of ['countersign.db', 'countersign.db-wal', 'countersign.db-shm', 'last-checkpoints']) rmSync(join(data, name), { force: true });
  copyFileSync(join(place.folder, 'backup.db'), join(data, 'countersign.db'));
  const records = (await exported()).trim().split('\n').map((one) => JSON.parse(one));
  assert.deepEqual(records.map(({ item }) => [item.id, 'erased' in item]), [['a', true], ['b', true], ['c', false]]);
  const again = await shell(place, 'countersign import topics lines.jsonl 2>&1');
  assert.equal(again.status, 7);
  assert.match(again.said, /this item was erased/);
  assert.deepEqual(filesWith('Quetzalcoatlus'), []);
});

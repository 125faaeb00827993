// Service tokens: made and revoked on the command line, used at a server.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { serve, shell, workplace } from '../../docs/lib/program.mjs';

const place = workplace();
let server;
before(async () => {
  writeFileSync(join(place.folder, 'one.jsonl'), JSON.stringify({ id: 'a', input: { text: 'dark' }, metadata: {}, prediction: { model: 'm', label: 'street_light', confidence: 0.5 } }));
  await shell(place, 'countersign project create topics --policy assets/demo/policy-simple.json');
  server = await serve(place);
});
after(async () => {
  await server?.stop();
  place.remove();
});

const create = async (options) => (await shell(place, `countersign token create ${options} 2>/dev/null`)).said.trim();

test('a token made for one project imports there from elsewhere, and no longer once it is revoked', async () => {
  const token = await create('--name pipeline --role model_owner --project topics --expires 1h');
  assert.match(token, /^cs_[0-9a-f]{64}$/);
  const elsewhere = `--server ${server.address} --token ${token}`;
  const imported = await shell(place, `countersign import topics one.jsonl ${elsewhere}`);
  assert.deepEqual([imported.status, imported.said], [0, '1 lines: 1 new items, 0 new predictions, 0 unchanged, 0 refused\n']);
  assert.equal((await shell(place, `countersign project create more --policy assets/demo/policy-simple.json ${elsewhere}`)).status, 3);
  assert.equal((await shell(place, 'countersign token revoke pipeline')).status, 0);
  assert.equal((await shell(place, `countersign import topics one.jsonl ${elsewhere}`)).status, 3);
  assert.equal((await shell(place, 'countersign token revoke pipeline')).status, 2);
});

test('the token is in no file of the data folder', async () => {
  const token = await create('--name auditor-1 --role auditor');
  for (const name of readdirSync(join(place.folder, 'data'))) {
    assert.ok(!readFileSync(join(place.folder, 'data', name)).includes(token.slice(3)), name);
  }
  const list = await shell(place, 'countersign token list');
  assert.match(list.said, /^auditor-1 {2}all projects {2}until /m);
});

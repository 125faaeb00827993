// `countersign route`, and ids that mean something in an address.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { serve, shell, workplace } from '../../docs/lib/program.mjs';

const place = workplace();
after(() => place.remove());
const policy = 'assets/demo/policy-simple.json';
const line = (id, label, confidence = 0.97) => JSON.stringify({ id, input: { text: 'The lamp is dark.' }, metadata: {}, prediction: { model: 'm-1', label, confidence } });
const write = (name, ...lines) => writeFileSync(join(place.folder, name), lines.join('\n'));

test('a line that import would refuse is named by its number and left out, and its neighbours are routed', async () => {
  write('mixed.jsonl', line('a', 'street_light'), '{', line('b', 'street_ligt'), '', line('c', 'flooding', 0.5), '{"id":');
  const { said, status } = await shell(place, `countersign route mixed.jsonl --policy ${policy}`);
  assert.equal(status, 7);
  assert.match(said, /^mixed\.jsonl:2: column 2: /m);
  assert.match(said, /^mixed\.jsonl:3: prediction\.label: 'street_ligt' is not a label of the policy; did you mean 'street_light'\?$/m);
  assert.match(said, /^mixed\.jsonl:6: column \d+: /m);
  assert.match(said, /^2 items$/m);
  const numbers = [...said.matchAll(/^mixed\.jsonl:(\d+):/gm)].map(([, number]) => Number(number));
  assert.deepEqual(numbers, [2, 3, 6], 'in the order of the file');
});

test('import names the same lines in the same words', async () => {
  await shell(place, `countersign project create topics --policy ${policy}`);
  const told = async (command) => (await shell(place, command)).said.split('\n').filter((one) => one.startsWith('mixed.jsonl:'));
  assert.deepEqual(await told('countersign import topics mixed.jsonl'), await told(`countersign route mixed.jsonl --policy ${policy}`));
});

test('a file is read as it comes: from a pipe, and longer than what is held of it', async () => {
  const { said, status } = await shell(place, `for i in $(seq 1 3000); do cat mixed.jsonl | head -n 1; done | countersign route - --policy ${policy} --quiet`);
  assert.equal(status, 0, said);
  assert.match(said, /^3,000 items$/m);
});

for (const served of [false, true]) {
  test(`ids and tiers stand in addresses as they are meant (${served ? 'through a server' : 'in the folder'})`, async () => {
    const server = served ? await serve(place) : undefined;
    try {
      const none = await shell(place, "countersign export 'no such?x=1#y' --quiet");
      assert.match(none.said, /there is no project 'no such\?x=1#y'/);
      assert.equal(none.status, 2);
      const tier = await shell(place, "countersign export topics --status auto_approved --tier 'auto&status=open' --quiet");
      assert.deepEqual([tier.said, tier.status], ['', 0], 'no tier has this name');
      const plus = await shell(place, "countersign export topics --status 'open+resolved' --quiet");
      assert.match(plus.said, /'open\+resolved'/);
    } finally {
      await server?.stop();
    }
  });
}

// Projects and policies on the command line.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { serve, shell, workplace } from '../../docs/lib/program.mjs';

const place = workplace();
after(() => place.remove());
const policy = 'assets/demo/policy-simple.json';
const run = async (command) => {
  const { said, status } = await shell(place, command);
  assert.equal(status, 0, said);
  return said;
};

test('a policy has the digest of its file, whether it came with the project or after it', async () => {
  const digest = createHash('sha256').update(readFileSync(join(place.folder, policy))).digest('hex');
  const created = JSON.parse(await run(`countersign project create topics --policy ${policy} --json`));
  assert.equal(created.policy, digest);
  assert.equal(created.policy_version, 1);
  const again = JSON.parse(await run(`countersign project policy topics --file ${policy} --json`));
  assert.deepEqual([again.policy, again.policy_version], [digest, 1], 'the same file is no second version');
});

test('through a server it is the same', async () => {
  const server = await serve(place);
  try {
    const again = JSON.parse(await run(`countersign project policy topics --file ${policy} --json`));
    assert.equal(again.policy_version, 1);
    const other = JSON.parse(await run(`countersign project create other --policy ${policy} --json`));
    assert.equal(other.policy, again.policy);
  } finally {
    await server.stop();
  }
});

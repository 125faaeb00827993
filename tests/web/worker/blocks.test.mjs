import assert from 'node:assert/strict';
import test from 'node:test';
import { BlockFile, kBlockBytes } from '../../../web/worker/files/blocks.js';

// A plain array that does the same, slowly.
class Plain {
  bytes = [];
  write(view, at) {
    while (this.bytes.length < at + view.length) this.bytes.push(0);
    view.forEach((byte, i) => (this.bytes[at + i] = byte));
  }
  truncate(size) {
    this.bytes.length = Math.min(this.bytes.length, size);
    while (this.bytes.length < size) this.bytes.push(0);
  }
}

const random = (seed) => () => (seed = (Math.imul(seed, 1103515245) + 12345) >>> 0) / 2 ** 32;

test('blocks hold what a plain file holds, and what is staged and loaded again is the file as it was synced', () => {
  const seed = Math.floor(Math.random() * 2 ** 31);
  const chance = random(seed);
  const below = (n) => Math.floor(chance() * n);
  const file = new BlockFile();
  const plain = new Plain();
  const stored = { size: 0, blocks: new Map() };
  for (let step = 0; step < 300; step += 1) {
    const at = below(4) * kBlockBytes + below(200) - Math.min(100, 0);
    if (below(10) === 0) {
      file.truncate(at);
      plain.truncate(at);
    } else {
      const view = Uint8Array.from({ length: below(300) }, () => below(256));
      assert.equal(file.write(view, at), view.length);
      plain.write(view, at);
    }
    assert.equal(file.size, plain.bytes.length, `seed ${seed}, step ${step}`);
    if (below(5) !== 0) continue;
    file.stage();
    const synced = Buffer.from(plain.bytes);
    file.write(new Uint8Array([1, 2, 3]), 5); // after the sync: must not be in what was staged
    plain.write(new Uint8Array([1, 2, 3]), 5);
    const { size, blocks } = file.takeStaged();
    stored.size = size;
    for (const [index, bytes] of blocks) bytes ? stored.blocks.set(index, bytes) : stored.blocks.delete(index);
    const loaded = new BlockFile();
    loaded.size = stored.size;
    for (const [index, bytes] of stored.blocks) loaded.load(index, bytes.slice());
    const out = new Uint8Array(loaded.size);
    assert.equal(loaded.read(out, 0), loaded.size);
    assert.ok(Buffer.from(out).equals(synced), `seed ${seed}, step ${step}`);
  }
});

test('a read behind the end is short, not an error', () => {
  const file = new BlockFile();
  file.write(new Uint8Array([1, 2, 3]), 0);
  const view = new Uint8Array(10).fill(9);
  assert.equal(file.read(view, 1), 2);
  assert.deepEqual([...view.subarray(0, 3)], [2, 3, 9]);
  assert.equal(file.read(view, 100), 0);
});

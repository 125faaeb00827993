import assert from 'node:assert/strict';
import test from 'node:test';
import { Gate } from '../../../web/worker/gate.js';

// Files whose commits the test completes.
const slowFiles = () => {
  const files = { kind: 'indexed_db', dirty: false, open: [] };
  files.commit = () => {
    if (!files.dirty) return null;
    files.dirty = false;
    return new Promise((done, failed) => files.open.push({ done, failed }));
  };
  return files;
};
const settle = () => new Promise((done) => setImmediate(done));

test('with files, effects go out at once', () => {
  const gate = new Gate(assert.fail);
  gate.use({ kind: 'file', commit: assert.fail });
  const out = [];
  gate.run(() => out.push(1));
  gate.afterCall();
  assert.deepEqual(out, [1]);
});

test('with IndexedDB, nothing goes out before what it speaks of is kept, and the order stays', async () => {
  const files = slowFiles();
  const gate = new Gate(assert.fail);
  gate.use(files);
  const out = [];
  files.dirty = true;
  gate.run(() => out.push('saved 1'));
  gate.afterCall();
  await settle();
  assert.deepEqual(out, []);
  assert.equal(gate.idle, false);
  gate.run(() => out.push('moved'));
  files.dirty = true;
  gate.run(() => out.push('saved 2'));
  gate.afterCall();
  files.open.shift().done();
  await settle();
  assert.deepEqual(out, ['saved 1']);
  files.open.shift().done();
  await settle();
  assert.deepEqual(out, ['saved 1', 'moved', 'saved 2']);
  assert.equal(gate.idle, true);
});

test('with IndexedDB and nothing to keep, effects go out after the call', async () => {
  const gate = new Gate(assert.fail);
  gate.use(slowFiles());
  const out = [];
  gate.run(() => out.push(1));
  gate.afterCall();
  await gate.settled();
  assert.deepEqual(out, [1]);
});

test('with IndexedDB, a call that changed nothing leaves the gate open for the next', async () => {
  const gate = new Gate(assert.fail);
  gate.use(slowFiles());
  gate.afterCall();
  assert.equal(gate.idle, true);
  const out = [];
  gate.run(() => out.push(1));
  gate.afterCall();
  await gate.settled();
  assert.deepEqual(out, [1]);
});

test('when the browser refuses to keep it, it is told once and nothing more goes out', async () => {
  const files = slowFiles();
  const failures = [];
  const gate = new Gate((error) => failures.push(error.message));
  gate.use(files);
  const out = [];
  files.dirty = true;
  gate.run(() => out.push(1));
  gate.afterCall();
  files.open.shift().failed(new Error('quota'));
  await settle();
  gate.run(() => out.push(2));
  gate.afterCall();
  await settle();
  assert.deepEqual(out, []);
  assert.deepEqual(failures, ['quota']);
});

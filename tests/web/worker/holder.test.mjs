// Several tabs in one process: Node's BroadcastChannel is real, the locks are a small model of the browser's.
import assert from 'node:assert/strict';
import test from 'node:test';
import { Holder } from '../../../web/worker/holder.js';

class Locks {
  #held = false;
  #queue = [];

  request(_name, options, callback) {
    return new Promise((resolve, reject) => {
      const grant = async () => {
        this.#held = true;
        try {
          resolve(await callback({}));
        } catch (error) {
          reject(error);
        }
        this.#held = false;
        this.#queue.shift()?.();
      };
      if (!this.#held && this.#queue.length === 0) return void grant();
      if (options.ifAvailable) return resolve(callback(null));
      this.#queue.push(grant);
      options.signal?.addEventListener('abort', () => {
        this.#queue = this.#queue.filter((each) => each !== grant);
        reject(new DOMException('aborted', 'AbortError'));
      });
    });
  }
}

const settle = () => new Promise((done) => setTimeout(done, 150));

const makeTab = (locks, log, name) => {
  const holder = new Holder(async () => log.push(`${name} flushed`), { locks });
  holder.acquire(() => log.push(`${name} waits`)).then(() => log.push(`${name} holds`));
  return holder;
};

const end = (...holders) => holders.forEach((holder) => holder.end());

test('the first tab holds, the second waits, and gets it by itself when the first goes', async () => {
  const locks = new Locks();
  const log = [];
  const a = makeTab(locks, log, 'a');
  await settle();
  const b = makeTab(locks, log, 'b');
  await settle();
  assert.deepEqual(log, ['a holds', 'b waits']);
  a.release();
  await settle();
  assert.deepEqual(log, ['a holds', 'b waits', 'b holds']);
  end(a, b);
});

test('who asks gets it, after the holder has flushed, although another tab has waited longer', async () => {
  const locks = new Locks();
  const log = [];
  const a = makeTab(locks, log, 'a');
  await settle();
  const b = makeTab(locks, log, 'b');
  await settle();
  const c = makeTab(locks, log, 'c');
  await settle();
  c.takeOver();
  await settle();
  assert.deepEqual(log, ['a holds', 'b waits', 'c waits', 'a flushed', 'c holds']);
  c.release();
  await settle();
  assert.equal(log.at(-1), 'b holds');
  end(a, b, c);
});

test('without locks the tabs ask each other', async () => {
  const log = [];
  const a = makeTab(null, log, 'a');
  await new Promise((done) => setTimeout(done, 400));
  const b = makeTab(null, log, 'b');
  await new Promise((done) => setTimeout(done, 400));
  assert.deepEqual(log, ['a holds', 'b waits']);
  b.takeOver();
  await settle();
  assert.deepEqual(log, ['a holds', 'b waits', 'a flushed', 'b holds']);
  end(a, b);
});

test('a holder that does not answer is said to be silent, and the tab that asked still gets it when that one ends', async () => {
  const locks = new Locks();
  const log = [];
  let wake;
  // Asleep: the store is held, and nobody hears the channel.
  const kept = locks.request('', {}, () => new Promise((done) => (wake = done)));
  const b = new Holder(async () => {}, { locks, silent: () => log.push('silent'), silentMs: 50 });
  b.acquire(() => log.push('b waits')).then(() => log.push('b holds'));
  await settle();
  b.takeOver();
  await settle();
  assert.deepEqual(log, ['b waits', 'silent']);
  wake();
  await kept;
  await settle();
  assert.deepEqual(log, ['b waits', 'silent', 'b holds']);
  end(b);
});

test('a holder that takes long to flush is not silent', async () => {
  const locks = new Locks();
  const log = [];
  let flushed;
  const a = new Holder(() => new Promise((done) => (flushed = done)), { locks });
  await a.acquire(() => {});
  const b = new Holder(async () => {}, { locks, silent: () => log.push('silent'), silentMs: 50 });
  b.acquire(() => {}).then(() => log.push('b holds'));
  await settle();
  b.takeOver();
  await settle();
  assert.deepEqual(log, []);
  flushed();
  await settle();
  assert.deepEqual(log, ['b holds']);
  end(a, b);
});

import assert from 'node:assert/strict';
import test from 'node:test';
import { Frames } from '../../../web/worker/frames.js';

// Time that only the test moves. An animation frame comes with tick(), a timer with advance().
class Clock {
  time = 0;
  #animations = new Map();
  #timers = new Map();
  #last = 0;
  now = () => this.time;
  requestFrame = (f) => (this.#animations.set(++this.#last, f), this.#last);
  cancelFrame = (h) => this.#animations.delete(h);
  setTimer = (f, ms) => (this.#timers.set(++this.#last, { f, due: this.time + ms }), this.#last);
  clearTimer = (h) => this.#timers.delete(h);

  tick() {
    const due = [...this.#animations.values()];
    this.#animations.clear();
    for (const f of due) f();
  }

  advance(ms) {
    const end = this.time + ms;
    for (;;) {
      const next = [...this.#timers].filter(([, t]) => t.due <= end).sort((a, b) => a[1].due - b[1].due)[0];
      if (!next) break;
      this.#timers.delete(next[0]);
      this.time = next[1].due;
      next[1].f();
    }
    this.time = end;
  }

  get waiting() {
    return this.#animations.size + this.#timers.size;
  }
}

const setUp = (onFrame = () => {}) => {
  const clock = new Clock();
  const frames = new Frames(() => onFrame(frames), clock);
  return { clock, frames };
};

test('nothing runs when nobody asks', () => {
  const { clock, frames } = setUp();
  clock.tick();
  clock.advance(60000);
  assert.equal(frames.count, 0);
  assert.equal(clock.waiting, 0);
});

test('however often a frame is asked for, one comes at the next refresh', () => {
  const { clock, frames } = setUp();
  for (let i = 0; i < 10; i += 1) frames.want(0);
  assert.equal(frames.count, 0);
  clock.tick();
  assert.equal(frames.count, 1);
  clock.tick();
  assert.equal(frames.count, 1);
});

test('a frame may ask for the next one', () => {
  const { clock, frames } = setUp((f) => f.count < 5 && f.want(0));
  frames.want(0);
  for (let i = 0; i < 10; i += 1) clock.tick();
  assert.equal(frames.count, 5);
});

test('of several later wishes the earliest counts', () => {
  const { clock, frames } = setUp();
  frames.want(5000);
  frames.want(600);
  frames.want(9000);
  clock.advance(599);
  assert.equal(frames.pending, false);
  clock.advance(1);
  assert.equal(frames.pending, true);
  clock.tick();
  clock.advance(20000);
  assert.equal(frames.count, 1);
  assert.equal(clock.waiting, 0);
});

test('a frame that comes earlier for another reason leaves a later wish standing', () => {
  const { clock, frames } = setUp();
  frames.want(600);
  frames.want(0);
  clock.tick();
  assert.equal(frames.count, 1);
  clock.advance(600);
  clock.tick();
  assert.equal(frames.count, 2);
});

test('hiding runs one frame at once; then at most one a second, and only when asked', () => {
  const { clock, frames } = setUp();
  frames.setVisible(false);
  clock.advance(0);
  assert.equal(frames.count, 1);
  clock.advance(60000);
  assert.equal(frames.count, 1);
  for (let i = 0; i < 5; i += 1) frames.want(0);
  clock.tick();
  assert.equal(frames.count, 1);
  clock.advance(1000);
  assert.equal(frames.count, 2);
});

test('coming back draws at once, and a wish that is still to come is kept', () => {
  const { clock, frames } = setUp();
  frames.setVisible(false);
  clock.advance(0);
  frames.setVisible(true);
  clock.tick();
  assert.equal(frames.count, 2);
  frames.want(5000);
  frames.setVisible(false);
  clock.advance(0);
  frames.want(5000);
  frames.setVisible(true);
  clock.advance(5000);
  clock.tick();
  assert.equal(frames.count, 4);
});

test('while suspended nothing runs; what was wished comes when it goes on', () => {
  const { clock, frames } = setUp();
  frames.want(0);
  frames.suspend();
  clock.tick();
  frames.want(100);
  clock.advance(1000);
  assert.equal(frames.count, 0);
  frames.resume();
  clock.tick();
  assert.equal(frames.count, 1);
  frames.suspend();
  frames.resume();
  clock.tick();
  assert.equal(frames.count, 1);
});

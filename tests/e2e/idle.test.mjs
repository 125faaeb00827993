// A desk that nobody touches costs nothing.
import assert from 'node:assert/strict';
import test from 'node:test';
import { until } from './lib/app.mjs';
import { openApp, setUp } from './lib/stand_in.mjs';

const world = await setUp();
const kWatchMs = 5000; // the one place where time itself is what is tested

const framesWithin = async (app, ms) => {
  const before = (await app.idle()).frames;
  await new Promise((done) => setTimeout(done, ms));
  return (await app.stats()).frames - before;
};

test(`no frame is drawn in ${kWatchMs / 1000} seconds without input`, async () => {
  const app = await openApp(world);
  await app.press('a');
  assert.equal(await framesWithin(app, kWatchMs), 0);
  await app.page.close();
});

test('many events of one refresh make one frame', async () => {
  const app = await openApp(world);
  const before = (await app.idle()).frames;
  const refreshes = await app.page.evaluate(async () => {
    const view = document.getElementById('view');
    const start = performance.now();
    for (let i = 0; i < 500; i += 1) view.dispatchEvent(new PointerEvent('pointermove', { clientX: i, clientY: i, pointerType: 'mouse', bubbles: true }));
    await globalThis.countersign.idle();
    return (performance.now() - start) / (1000 / 60) + 2;
  });
  const frames = (await app.stats()).frames - before;
  assert.ok(frames >= 1 && frames <= refreshes, `${frames} frames for 500 moves, ${refreshes} refreshes`);
  await app.page.close();
});

test('an animation ends by itself, and a hidden tab draws nothing', async () => {
  const app = await openApp(world);
  await app.click('button', 'Animate');
  await until('the end of the animation', async () => (await app.stats()).frames > 60 && (await framesWithin(app, 200)) === 0);
  const other = await world.browser.newPage();
  await other.bringToFront();
  await app.cdp.send('Emulation.setFocusEmulationEnabled', { enabled: false });
  await app.page.evaluate(() => {
    Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  });
  await until('the hidden tab\'s last frame', async () => (await app.events()).at(-1) === 'hidden');
  assert.equal(await framesWithin(app, 1500), 0);
  await other.close();
  await app.page.close();
});

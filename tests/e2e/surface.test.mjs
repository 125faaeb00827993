// The canvas: as many pixels as the screen has, on both renderers, also when the graphics card goes.
import assert from 'node:assert/strict';
import test from 'node:test';
import { until } from './lib/app.mjs';
import { Browser } from './lib/chromium.mjs';
import { openApp, setUp } from './lib/stand_in.mjs';

const world = await setUp({ gl: true });

// The colour of a pixel of the screen, as the browser shows it.
const pixelAt = async (app, x, y) => {
  const shot = await app.page.screenshot({ clip: { x, y, width: 1, height: 1 }, scale: 'css' });
  return app.page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
    const image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
    const context = new OffscreenCanvas(1, 1).getContext('2d');
    context.drawImage(image, 0, 0);
    return [...context.getImageData(0, 0, 1, 1).data].slice(0, 3);
  }, shot.toString('base64'));
};

const setScreen = (app, width, height, deviceScaleFactor) =>
  app.cdp.send('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor, mobile: false });

for (const scale of [1, 1.25, 1.5, 2, 3]) {
  test(`at ${scale} device pixels per CSS pixel the canvas has exactly the screen's pixels`, async () => {
    const app = await openApp(world, '&renderer=cpu');
    await setScreen(app, 801, 603, scale);
    const expected = [Math.round(801 * scale), Math.round(603 * scale)];
    await until('the new size', async () => {
      const { canvas } = await app.stats();
      return canvas[0] === expected[0] && canvas[1] === expected[1];
    });
    const [, width, height, ratio] = /resized (\d+) (\d+) (\d+)/.exec((await app.events()).filter((line) => line.startsWith('resized')).at(-1)).map(Number);
    assert.equal(ratio, scale * 100);
    // What the desk lays out in CSS pixels covers the device pixels to within a hundredth of one.
    assert.ok(Math.abs((width / 100) * scale - expected[0]) < 0.05 && Math.abs((height / 100) * scale - expected[1]) < 0.05);
    await app.hasNoProblems();
    await app.page.close();
  });
}

// The tests above pretend a screen, as developer tools do; here the browser itself believes in it.
for (const scale of [1.25, 2]) {
  test(`on a screen of ${scale} device pixels per CSS pixel the canvas has exactly the browser's count`, async () => {
    const browser = await Browser.launch({ flags: [`--force-device-scale-factor=${scale}`], size: [801, 603] });
    try {
      const app = await openApp({ ...world, browser }, '&renderer=cpu');
      const box = await app.page.evaluate(async () => {
        const entry = await new Promise((done) => new ResizeObserver(([first]) => done(first)).observe(document.getElementById('view'), { box: 'device-pixel-content-box' }));
        return [entry.devicePixelContentBoxSize[0].inlineSize, entry.devicePixelContentBoxSize[0].blockSize];
      });
      assert.deepEqual((await app.stats()).canvas, box);
      const width = await app.page.evaluate(() => document.getElementById('view').getBoundingClientRect().width);
      assert.ok(Math.abs(box[0] - width * scale) <= 1, `${box} for ${width}`);
    } finally {
      await browser.close();
    }
  });
}

test('resizing redraws up to the new edges', async () => {
  const app = await openApp(world, '&renderer=cpu');
  for (const [width, height] of [[640, 480], [1100, 700], [900, 500]]) {
    await setScreen(app, width, height, 1);
    await until('the new size', async () => (await app.stats()).canvas[0] === width);
    await app.idle();
    assert.deepEqual(await pixelAt(app, width - 2, height - 2), [250, 250, 250]);
  }
  await app.page.close();
});

for (const renderer of ['cpu', 'webgl2']) {
  test(`the ${renderer} renderer starts when asked for, draws, and keeps up with input`, async () => {
    const app = await openApp(world, `&renderer=${renderer}`);
    assert.equal((await app.stats()).renderer, renderer);
    const { x, y } = await app.center('textbox', 'Notes');
    const before = await pixelAt(app, x, y);
    await app.click('textbox', 'Notes');
    assert.deepEqual(await pixelAt(app, x, y), [40, 90, 220]);
    await app.press('Escape');
    assert.deepEqual(await pixelAt(app, x, y), before);
    await app.hasNoProblems();
    await app.page.close();
  });
}

test('without being asked, software WebGL is passed over for the rasteriser', async () => {
  const app = await openApp(world);
  const { renderer, reason } = await app.stats();
  assert.equal(renderer, 'cpu');
  assert.match(reason, /software/);
  await app.page.close();
});

test('a lost graphics card that comes back is drawn on again', async () => {
  const app = await openApp(world, '&renderer=webgl2');
  await app.page.evaluate(() => globalThis.countersign.loseContext(true));
  const frames = (await app.stats()).frames;
  await until('a frame on the restored context', async () => (await app.stats()).frames > frames);
  assert.equal((await app.stats()).renderer, 'webgl2');
  await app.click('textbox', 'Notes');
  const { x, y } = await app.center('textbox', 'Notes');
  assert.deepEqual(await pixelAt(app, x, y), [40, 90, 220]);
  await app.page.close();
});

test('a lost graphics card that stays away is replaced by the rasteriser, and nothing typed in between is lost', async () => {
  const app = await openApp(world, '&renderer=webgl2');
  const before = await app.decisions();
  await app.page.evaluate(() => globalThis.countersign.loseContext(false));
  await app.page.keyboard.press('a');
  await until('the other renderer', async () => (await app.stats()).renderer === 'cpu');
  await app.press('a');
  assert.equal(await app.decisions(), before + 2);
  await app.click('textbox', 'Notes');
  const { x, y } = await app.center('textbox', 'Notes');
  assert.deepEqual(await pixelAt(app, x, y), [40, 90, 220]);
  assert.equal(await app.page.evaluate(() => document.querySelectorAll('canvas').length), 1);
  await app.page.close();
});

// Killed while decisions are made, the tab's process and the whole browser by turns: what the desk has shown as kept is
// there again, each once. COUNTERSIGN_E2E_KILLS says how often (20).
import assert from 'node:assert/strict';
import test from 'node:test';
import { Browser } from './lib/chromium.mjs';
import { Desk } from './lib/desk.mjs';
import { Product } from './lib/product.mjs';

const kKills = Number(process.env.COUNTERSIGN_E2E_KILLS ?? 20);
const kSeed = Number(process.env.COUNTERSIGN_E2E_SEED ?? Date.now() % 1000000);
const kAtMost = 6; // decisions seen before a kill

// mulberry32
const chance = (seed) => () => {
  seed = (seed + 0x6d2b79f5) | 0;
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
};

const predictions = (count) =>
  Array.from({ length: count }, (_, i) => ({
    id: `kill-${i}`,
    input: { text: `Lamp ${i} has been dark since Monday.` },
    metadata: { district: 'Eastgate' },
    prediction: { model: 'm-1', label: 'street_light', confidence: 0.7 },
  }));

// Presses a key again and again, and tells of each decision that the mirror shows with its level.
const decideWithoutPause = async (desk, seen) => {
  await desk.page.exposeBinding('shown', (_, text) => seen(text));
  await desk.page.evaluate(() => {
    const told = new Set();
    const look = () => {
      for (const item of document.querySelectorAll('#mirror [role=listitem]')) {
        if (told.has(item.textContent)) continue;
        told.add(item.textContent);
        globalThis.shown(item.textContent);
      }
    };
    new MutationObserver(look).observe(document.getElementById('mirror'), { childList: true, subtree: true, characterData: true });
    const view = document.getElementById('view');
    setInterval(() => view.dispatchEvent(new KeyboardEvent('keydown', { key: 'a', code: 'KeyA', bubbles: true })), 60);
  });
};

const killRenderers = async (browser, page) => {
  const crashed = page.waitForEvent('crash');
  for (const pid of await browser.renderers()) process.kill(pid, 'SIGKILL');
  await crashed;
  await page.close();
};

// How many decisions the desk has of its own.
const kept = async (desk) => {
  await desk.go('d', 'Done');
  const words = desk.page.locator('#mirror').getByText(/^[\d,]+ decisions?$/).first();
  await words.waitFor({ state: 'attached' });
  return Number((await words.textContent()).replace(/\D/g, ''));
};

test(`killed ${kKills} times in the middle of deciding (seed ${kSeed}), nothing that was shown as kept is lost`, async () => {
  const product = await Product.start();
  product.import('simple', predictions(kKills * 40 + 40));
  let browser = await Browser.launch();
  const { profile } = browser;
  const random = chance(kSeed);
  const shown = new Map(); // item -> the level that was last shown
  let desk;
  try {
    desk = await Desk.at(browser, product);
    await desk.openDemo();
    await desk.page.close();
    for (let kill = 0; kill < kKills; ++kill) {
      desk = await Desk.at(browser, product, '/p/simple/quick');
      await desk.has('heading', 'Quick check');
      const until = 1 + Math.floor(random() * kAtMost);
      let enough;
      const seenEnough = new Promise((done) => (enough = done));
      const before = shown.size;
      await decideWithoutPause(desk, (text) => {
        const [, item, level] = /^(\S+): Accepted, .*\n(On this device|Saved|Sealed|Stable)/.exec(text) ?? [];
        if (item !== undefined) shown.set(item, level);
        if (shown.size >= before + until) enough();
      });
      await seenEnough;
      if (kill % 2 === 0) {
        await killRenderers(browser, desk.page);
      } else {
        await browser.killHard();
        browser = await Browser.launch({ profile });
      }
      desk = await Desk.at(browser, product, '/p/simple/quick');
      const found = await kept(desk);
      assert.ok(found >= shown.size, `kill ${kill}: ${found} found, ${shown.size} had been shown as kept`);
      await desk.page.close();
    }
    desk = await Desk.at(browser, product, '/p/simple/queue');
    await desk.isSaved();
    const records = product.export('simple', '--status', 'resolved,escalated,open').filter((record) => record.reviews.length > 0);
    for (const record of records) assert.equal(record.reviews.length, 1, `${record.item.id} was decided twice`);
    const exported = new Set(records.map((record) => record.item.id));
    assert.deepEqual([...shown.keys()].filter((item) => !exported.has(item)), []);
    console.log(`# ${kKills} kills, ${shown.size} decisions shown as kept, ${exported.size} recorded`);
  } catch (error) {
    await desk?.explain(error);
    throw error;
  } finally {
    await browser.close();
    browser.forget();
    await product.remove();
  }
});

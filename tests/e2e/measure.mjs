// Prints what the browser platform costs, on the stand-in: start, idle, mirror, a key press. Figures, no verdicts: they
// hang on the machine and its load, which is printed with them.
//   node tests/e2e/measure.mjs [--idle-seconds N]
import { readdirSync, readFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { Browser } from './lib/chromium.mjs';
import { SiteServer } from './lib/site_server.mjs';
import { address, openApp, standInSite } from './lib/stand_in.mjs';

const { values: options } = parseArgs({ options: { 'idle-seconds': { type: 'string', default: '30' } } });
const idleMs = Number(options['idle-seconds']) * 1000;
const pause = (ms) => new Promise((done) => setTimeout(done, ms));
const median = (list) => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)];
const fixed = (n) => n.toFixed(1).padStart(8);
const row = (what, ...figures) => console.log(`  ${what.padEnd(58)}${figures.join('  ')}`);

// CPU seconds of a process and all that come from it.
const cpuSeconds = (root) => {
  const processes = readdirSync('/proc').filter((name) => /^\d+$/.test(name)).flatMap((pid) => {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return [{ pid: Number(pid), parent: Number(fields[1]), ticks: Number(fields[11]) + Number(fields[12]) }];
    } catch {
      return []; // it has ended
    }
  });
  const ours = new Set([root]);
  for (let grown = true; grown; ) {
    grown = false;
    for (const { pid, parent } of processes) {
      if (ours.has(parent) && !ours.has(pid)) grown = Boolean(ours.add(pid));
    }
  }
  return processes.filter(({ pid }) => ours.has(pid)).reduce((sum, { ticks }) => sum + ticks, 0) / 100;
};

const idlePercent = async (browser) => {
  const before = cpuSeconds(browser.child.pid);
  await pause(idleMs);
  return ((cpuSeconds(browser.child.pid) - before) / (idleMs / 1000)) * 100;
};

const server = await SiteServer.start(standInSite);
console.log(`the platform on ${standInSite}, load ${loadavg().map((n) => n.toFixed(1)).join(' ')}`);

const measureStart = async (browser, title) => {
  const page = await browser.newPage();
  await page.goto(address(server));
  await page.waitForSelector('#cover', { state: 'hidden' });
  const [shown, painted] = await page.evaluate(() => [performance.getEntriesByName('countersign-ready')[0].startTime, performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN]);
  row(`${title}: first paint, first usable screen`, fixed(painted), fixed(shown), 'ms');
  await page.close();
};

let browser = await Browser.launch();
await pause(1500);
const blank = await idlePercent(browser);
await measureStart(browser, 'start, nothing cached');
for (let i = 0; i < 3; i += 1) await measureStart(browser, 'start, from the service worker');

const app = await openApp({ server, browser });
await pause(1500);
const before = (await app.idle()).frames;
const idle = await idlePercent(browser);
row(`idle ${idleMs / 1000} s: frames; CPU of all processes, blank page`, String((await app.stats()).frames - before).padStart(8), fixed(idle), fixed(blank), '%');

const times = () => app.page.evaluate(() => globalThis.countersign.mirrorTimes.splice(0));
await times();
for (let i = 0; i < 20; i += 1) {
  await app.page.mouse.move(700 + i, 300);
  await app.idle();
}
row('mirror: patches for 20 frames in which no widget changed', String((await times()).length).padStart(8));
await app.click('button', 'Animate');
await app.page.waitForFunction(() => globalThis.countersign.mirrorTimes.length > 6);
await app.idle();
const moved = await times();
row('mirror: 300 nodes moved, with layout: median, worst', fixed(median(moved)), fixed(Math.max(...moved)), `ms of ${moved.length}`);

const keys = await app.page.evaluate(async () => {
  const view = document.getElementById('view');
  const status = document.querySelector('#mirror [role=status]');
  const took = [];
  for (let i = 0; i < 40; i += 1) {
    const changed = new Promise((done) => new MutationObserver((_, observer) => (observer.disconnect(), done())).observe(status, { subtree: true, childList: true, characterData: true }));
    const begin = performance.now();
    view.dispatchEvent(new KeyboardEvent('keydown', { key: 'a', code: 'KeyA', bubbles: true }));
    await changed;
    took.push(performance.now() - begin);
    await new Promise((done) => setTimeout(done, 120));
  }
  return took;
});
row('key to durable commit, frame and mirror: median, worst', fixed(median(keys)), fixed(Math.max(...keys)), 'ms');
row('wasm memory', fixed((await app.stats()).heapBytes / 2 ** 20), 'MiB');
await browser.close();
await server.stop();

// Time from the address to the first usable card in headless Chromium, and the memory of server and tab.
// Usage: node bench/cold_start.mjs [runs]      (after ./run --build-only; not part of the tests)
import { readdirSync, readFileSync } from 'node:fs';
import { Browser } from '../tests/e2e/lib/chromium.mjs';
import { Desk } from '../tests/e2e/lib/desk.mjs';
import { Product } from '../tests/e2e/lib/product.mjs';

const runs = Number(process.argv[2] ?? 5);
const median = (values) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)];
const mebibytes = (pid) => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024;
const mostOfChildren = (pid) => {
  const children = readdirSync('/proc').filter((each) => /^\d+$/.test(each)).filter((each) => {
    try {
      return readFileSync(`/proc/${each}/cmdline`, 'utf8').includes('--type=renderer') && readFileSync(`/proc/${each}/cmdline`, 'utf8').includes(pid);
    } catch {
      return false;
    }
  });
  return Math.max(0, ...children.map(mebibytes));
};

const product = await Product.start();
const first = { usable: [], card: [] };
const again = { card: [] };
let tab = 0;
for (let run = 0; run < runs; ++run) {
  const browser = await Browser.launch();
  let start = performance.now();
  let desk = await Desk.at(browser, product);
  first.usable.push(performance.now() - start);
  await desk.openDemo();
  await desk.go('c', 'Quick check');
  first.card.push(performance.now() - start);
  await desk.page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  tab = Math.max(tab, mostOfChildren(browser.profile));
  await desk.page.close();
  start = performance.now();
  desk = await Desk.at(browser, product);
  await desk.has('heading', 'Queue');
  again.card.push(performance.now() - start);
  await browser.close();
}
const line = (what, value, unit) => console.log(`${what.padEnd(58)} ${value.toFixed(0).padStart(7)} ${unit}`);
line('first visit: address to sign-in, usable', median(first.usable), 'ms');
line('first visit: address to first card, sign-in and pull', median(first.card), 'ms');
line('second visit: address to the desk as it was left', median(again.card), 'ms');
line('memory of the server', mebibytes(product.pid), 'MiB');
if (tab > 0) line('memory of the tab’s process', tab, 'MiB');
await product.remove();

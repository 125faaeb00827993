import { Browser } from './lib/chromium.mjs';
import { App } from './lib/app.mjs';
const origin = process.argv[2];
const browser = await Browser.launch({ size: [1280, 860] });
const app = await App.open(browser, `${origin}/?test=1`);
app.page.on('console', (m) => console.log('console', m.type(), m.text()));
const shot = async (n) => { await app.page.screenshot({ path: `/tmp/shots/${n}.png` }); console.log(n, await app.page.evaluate(() => location.hash), (await app.cover()) ?? ''); };
const outline = () => app.page.evaluate(() => [...document.querySelectorAll('#mirror *')].map((e) => `${e.getAttribute('role') ?? e.tagName.toLowerCase()} ${e.getAttribute('aria-label') ?? e.textContent}`.slice(0, 110)).join('\n'));
try {
  await app.isReady();
  await shot('1-start');
  console.log(await outline());
  await app.click('button', 'Open the demo');
  await app.page.waitForTimeout(2500);
  await shot('2-queue');
  console.log((await outline()).split('\n').slice(0, 40).join('\n'));
  await app.press('g', 'c'); await app.page.waitForTimeout(500);
  await shot('3-quick');
  await app.press('a'); await app.page.waitForTimeout(300); await shot('4-quick2');
  await app.press('g', 'q'); await app.page.waitForTimeout(300);
  await app.press('Enter'); await app.page.waitForTimeout(500);
  await shot('5-full');
  console.log((await outline()));
  await app.press('g','d'); await app.page.waitForTimeout(500); await shot('6-done');
  await app.press('g','s'); await app.page.waitForTimeout(500); await shot('7-sync');
  await app.press('?'); await app.page.waitForTimeout(500); await shot('8-keys');
} catch (e) { console.log(e); await shot('error'); console.log(await outline()); }
console.log(app.problems);
await browser.close();

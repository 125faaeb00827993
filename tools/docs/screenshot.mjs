// Takes the README's picture from the real desk: node tools/docs/screenshot.mjs (after ./run --build-only).
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Browser } from '../../tests/e2e/lib/chromium.mjs';
import { Desk } from '../../tests/e2e/lib/desk.mjs';
import { Product } from '../../tests/e2e/lib/product.mjs';

const out = join(dirname(dirname(dirname(fileURLToPath(import.meta.url)))), 'docs/images');
mkdirSync(out, { recursive: true });
const product = await Product.start();
const browser = await Browser.launch({ size: [1280, 860], flags: ['--force-device-scale-factor=2'] });
const desk = await Desk.at(browser, product);
const shot = async (name) => {
  await desk.idle();
  await desk.page.screenshot({ path: join(out, `${name}.png`) });
  console.log(`docs/images/${name}.png`);
};
await desk.openDemo();
await shot('desk-queue');
await desk.go('c', 'Quick check');
for (let i = 0; i < 3; ++i) await desk.quick('a');
await shot('desk-quick');
await desk.go('q', 'Queue');
await desk.press('j', 'Enter');
await desk.press('a');
await shot('desk-full');
await browser.close();
await product.remove();

// The start: under a strict policy, with progress, and with a sentence where it cannot be.
import assert from 'node:assert/strict';
import test from 'node:test';
import { App } from './lib/app.mjs';
import { Browser } from './lib/chromium.mjs';
import { address, openApp, setUp, StandIn } from './lib/stand_in.mjs';

const world = await setUp();

// A browser whose service worker does not stand between the route and the page.
const withRoute = async (pattern, answer, body) => {
  const browser = await Browser.launch();
  try {
    const page = await browser.newPage();
    await page.route(pattern, answer);
    await body(await StandIn.open(browser, address(world.server), { page }), page);
  } finally {
    await browser.close();
  }
};

test('the policy forbids inline code, eval and foreign scripts, and the desk runs under it', async () => {
  const app = await openApp(world);
  const policy = (await app.page.request.get(world.server.origin)).headers()['content-security-policy'];
  for (const part of ["default-src 'none'", "script-src 'self' 'wasm-unsafe-eval'", "style-src 'self'", "worker-src 'self'", "connect-src 'self'", "require-trusted-types-for 'script'"]) {
    assert.ok(policy.includes(part), part);
  }
  assert.doesNotMatch(policy, /unsafe-inline|'unsafe-eval'|https?:|\*/);
  await app.hasNoProblems();
  // The policy bites: what it forbids is refused in this very page.
  assert.equal(await app.page.evaluate(() => {
    try {
      document.body.innerHTML = '<b>';
      return 'allowed';
    } catch {
      return 'refused';
    }
  }), 'refused');
  await app.page.close();
});

test('the page paints before the program is there, and shows how far the download is', async () => {
  let letGo;
  const held = new Promise((done) => (letGo = done));
  await withRoute('**/*.wasm', async (route) => (await held, route.continue()), async (app, page) => {
    await page.getByRole('progressbar', { name: 'Loading Countersign' }).waitFor();
    assert.equal(await page.getByRole('img', { name: 'Countersign' }).isVisible(), true);
    letGo();
    await app.isReady();
    assert.equal(await page.evaluate(() => document.getElementById('progress').value), 1);
  });
});

test('everything that may be cached for ever carries a hash, the rest is asked for anew', async () => {
  const app = await openApp(world);
  const assets = await app.page.evaluate(() => performance.getEntriesByType('resource').map((entry) => new URL(entry.name).pathname).filter((path) => path.startsWith('/assets/')));
  assert.ok(assets.length >= 2);
  for (const path of assets) {
    assert.match(path, /\.[0-9a-f]{12}\./);
    assert.match((await app.page.request.get(world.server.origin + path)).headers()['cache-control'], /immutable/);
  }
  for (const path of ['/', '/service_worker.js', '/app.webmanifest']) {
    assert.equal((await app.page.request.get(world.server.origin + path)).headers()['cache-control'], 'no-cache', path);
  }
  await app.page.close();
});

test('the desk can be installed', async () => {
  const app = await openApp(world);
  const { errors, url } = await app.cdp.send('Page.getAppManifest');
  assert.deepEqual(errors, []);
  assert.match(url, /app\.webmanifest$/);
  const { installabilityErrors } = await app.cdp.send('Page.getInstallabilityErrors');
  assert.deepEqual(installabilityErrors.filter(({ errorId }) => errorId !== 'in-incognito'), []);
  await app.page.close();
});

const lacking = [
  ['no-wasm', () => delete globalThis.WebAssembly],
  ['no-offscreen-canvas', () => delete HTMLCanvasElement.prototype.transferControlToOffscreen],
  ['no-module-worker', () => delete globalThis.Worker],
];
for (const [code, remove] of lacking) {
  test(`a browser with ${code.replaceAll('-', ' ')} is told so in a sentence`, async () => {
    const page = await world.browser.newPage();
    await page.addInitScript(remove);
    const app = await App.open(world.browser, address(world.server), { page });
    await app.isCovered(code);
    assert.match(await page.getByRole('alert').textContent(), /This browser cannot run Countersign.*can\./s);
    await page.close();
  });
}

test('a program that does not arrive is a sentence with a way on, which works when the server is back', async () => {
  let broken = true;
  await withRoute('**/*.wasm', (route) => (broken ? route.fulfill({ status: 502, body: 'bad gateway' }) : route.continue()), async (app, page) => {
    await app.isCovered('download');
    assert.match(await page.locator('#cover-text').textContent(), /status 502/);
    broken = false;
    await page.getByRole('button', { name: 'Try again' }).click();
    await app.isReady();
  });
});

test('a worker that does not arrive is a sentence too', async () => {
  await withRoute('**/worker.*.js', (route) => route.abort(), async (app) => app.isCovered('download'));
});

// What was acknowledged is there again: after a reload, a crash of the tab, of the program, of the browser; and where
// browsers give us other storage, or none.
import assert from 'node:assert/strict';
import test from 'node:test';
import { Browser } from './lib/chromium.mjs';
import { address, openApp, setUp, StandIn } from './lib/stand_in.mjs';

const world = await setUp();

const integrity = (app) => app.sees('Integrity: ok');

test('a reload finds decisions and drafts', async () => {
  const app = await openApp(world);
  const before = await app.decisions();
  await app.press('a', 'a');
  await app.find('textbox', 'Reason').fill('half a sent');
  await app.idle();
  await app.page.reload();
  await app.isReady();
  assert.equal(await app.decisions(), before + 2);
  assert.equal(await app.valueOf('textbox', 'Reason'), 'half a sent');
  await integrity(app);
  await app.hasNoProblems();
  await app.page.close();
});

test('a crashed tab loses nothing that was acknowledged', async () => {
  const app = await openApp(world);
  const before = await app.decisions();
  await app.press('a', 'a', 'a');
  const crashed = app.page.waitForEvent('crash');
  app.cdp.send('Page.crash').catch(() => {});
  await crashed;
  await app.page.close();
  const again = await openApp(world);
  assert.equal(await again.decisions(), before + 3);
  await integrity(again);
  await again.page.close();
});

test('a broken invariant in the program stops it with a sentence, and the restart has everything', async () => {
  const app = await openApp(world);
  const before = await app.decisions();
  await app.press('a');
  await app.click('checkbox', 'Confirmed');
  await app.page.mouse.click(...Object.values(await app.center('button', 'Crash')));
  await app.isCovered('crashed');
  assert.match(await app.page.locator('#cover-text').textContent(), /!form_\.confirmed at .*is kept on this device/);
  await app.page.getByRole('button', { name: 'Restart' }).click();
  await app.isReady();
  assert.equal(await app.decisions(), before + 1);
  await integrity(app);
  await app.page.close();
});

test('a browser that is killed in the middle of deciding has every acknowledged decision', async () => {
  let browser = await Browser.launch();
  const { profile } = browser;
  let app = await openApp({ ...world, browser });
  // Decides without pause; each count that the page has seen was acknowledged.
  await app.page.evaluate(() => {
    globalThis.seen = 0;
    const status = document.querySelector('#mirror [role=status]');
    new MutationObserver(() => (globalThis.seen = parseInt(status.textContent, 10))).observe(status, { childList: true, subtree: true, characterData: true });
    const view = document.getElementById('view');
    setInterval(() => view.dispatchEvent(new KeyboardEvent('keydown', { key: 'a', code: 'KeyA', bubbles: true })), 2);
  });
  await app.page.waitForFunction(() => globalThis.seen > 60);
  const acknowledged = await app.page.evaluate(() => globalThis.seen);
  await browser.killHard();
  browser = await Browser.launch({ profile });
  try {
    app = await openApp({ ...world, browser });
    const found = await app.decisions();
    assert.ok(found >= acknowledged, `${found} found, ${acknowledged} acknowledged`);
    await integrity(app);
  } finally {
    await browser.close();
    browser.forget();
  }
});

test('on plain http the store lives in IndexedDB, and survives a kill as well', async () => {
  const flags = ['--host-resolver-rules=MAP plain.test 127.0.0.1'];
  let browser = await Browser.launch({ flags });
  const { profile } = browser;
  const origin = `http://plain.test:${world.server.port}`;
  let app = await openApp({ ...world, browser }, '', { origin });
  assert.equal(await app.page.evaluate(() => isSecureContext), false);
  assert.equal((await app.stats()).storage, 'indexed_db');
  await app.press('a', 'a', 'a');
  await app.find('textbox', 'Notes').fill('plain');
  await app.idle();
  assert.equal(await app.decisions(), 3);
  await browser.killHard();
  browser = await Browser.launch({ flags, profile });
  try {
    app = await openApp({ ...world, browser }, '', { origin });
    assert.equal(await app.decisions(), 3);
    assert.equal(await app.valueOf('textbox', 'Notes'), 'plain');
    await integrity(app);
    // Copying works without navigator.clipboard.
    assert.equal(await app.page.evaluate(() => navigator.clipboard), undefined);
    await app.hasNoProblems();
  } finally {
    await browser.close();
    browser.forget();
  }
});

test('where there is no storage at all the desk runs and says loudly that nothing is kept', async () => {
  const browser = await Browser.launch(); // a fresh one: no service worker stands before the route
  const page = await browser.newPage();
  await page.route('**/assets/worker.*.js', async (route) => {
    const response = await route.fetch();
    const without = "Object.defineProperty(navigator.storage, 'getDirectory', { value: undefined }); Object.defineProperty(self, 'indexedDB', { value: undefined });\n";
    await route.fulfill({ response, body: without + (await response.text()) });
  });
  try {
    const app = await StandIn.ready(browser, address(world.server), { page });
    assert.equal((await app.stats()).storage, 'memory');
    await app.isNoticed('memory');
    assert.match(await page.locator('#assertive').textContent(), /Nothing is kept/);
    await app.press('a');
    assert.equal(await app.decisions(), 1);
  } finally {
    await browser.close();
  }
});

test('the browser\'s answer about keeping the store reaches the desk', async () => {
  const app = await openApp(world);
  await app.sees('Storage: file, not promised');
  await app.cdp.send('Browser.setPermission', { permission: { name: 'persistent-storage' }, setting: 'granted', origin: world.server.origin });
  await app.press('j'); // asks with the first key
  await app.sees('Storage: file, kept');
  await app.page.close();
});

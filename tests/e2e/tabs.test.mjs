// One tab holds the store; another one may take it over, and gets it by itself when the first ends.
import assert from 'node:assert/strict';
import test from 'node:test';
import { address, openApp, setUp, StandIn } from './lib/stand_in.mjs';

const world = await setUp();
const openSecond = async () => {
  const app = await StandIn.open(world.browser, address(world.server));
  await app.isCovered('elsewhere');
  return app;
};

test('a second tab says where the desk is open, and takes over when asked, with everything', async () => {
  const first = await openApp(world);
  await first.press('a', 'a');
  const count = await first.decisions();
  const second = await openSecond();
  await second.page.getByRole('button', { name: 'Use it here' }).click();
  await second.isReady();
  assert.equal(await second.decisions(), count);
  await second.press('a');
  await first.isCovered('moved');
  // And back again.
  await first.page.bringToFront();
  await first.page.getByRole('button', { name: 'Use it here' }).click();
  await first.isReady();
  assert.equal(await first.decisions(), count + 1);
  await second.isCovered('moved');
  await first.hasNoProblems();
  await second.hasNoProblems();
  await first.page.close();
  await second.page.close();
});

test('a tab that waits starts by itself when the first is closed', async () => {
  const first = await openApp(world);
  await first.press('a');
  const count = await first.decisions();
  const second = await openSecond();
  await first.page.close();
  await second.page.bringToFront();
  await second.isReady();
  assert.equal(await second.decisions(), count);
  await second.page.close();
});

test('a killed tab frees the store by itself', async () => {
  const first = await openApp(world);
  await first.press('a');
  const count = await first.decisions();
  // Another process than the second tab's: opened by its own navigation, not by the first.
  const second = await openSecond();
  await first.cdp.send('Runtime.evaluate', { expression: '1' });
  const crashed = first.page.waitForEvent('crash');
  first.cdp.send('Page.crash').catch(() => {});
  await crashed;
  // Tabs of one site may share a process: then both went, and a fresh one finds the store free.
  const alive = await second.page.evaluate(() => true).catch(() => false);
  const next = alive ? second : await openApp(world);
  await next.isReady();
  assert.equal(await next.decisions(), count);
  await next.page.close();
});

test('of two waiting tabs the one that was asked gets it', async () => {
  const first = await openApp(world);
  const second = await openSecond();
  const third = await openSecond();
  await third.page.getByRole('button', { name: 'Use it here' }).click();
  await third.isReady();
  await first.isCovered('moved');
  assert.equal(await second.cover(), 'elsewhere');
  await third.page.close();
  await second.page.bringToFront();
  await second.isReady();
  await second.page.close();
  await first.page.close();
});

test('a tab that is asleep blocks nobody without a word: the other one says what to do, and starts when it is gone', async () => {
  const first = await openApp(world);
  await first.press('a', 'a');
  const count = await first.decisions();
  const second = await openSecond();
  await first.cdp.send('Page.setWebLifecycleState', { state: 'frozen' });
  await second.page.bringToFront();
  await second.page.getByRole('button', { name: 'Use it here' }).click();
  // Frozen for good, or let through by the browser: either way there is a desk or a sentence, and nothing is lost.
  await second.page.waitForFunction(() => {
    const cover = document.getElementById('cover');
    return cover.hidden || cover.dataset.code === 'silent';
  });
  if ((await second.cover()) === 'silent') {
    assert.match(await second.page.locator('#cover-text').textContent(), /Show that tab once, or close it/);
    await first.page.close();
  }
  await second.isReady();
  assert.equal(await second.decisions(), count);
  await second.press('a');
  assert.equal(await second.decisions(), count + 1);
  await second.page.close();
});

test('a tab that is asleep and woken up hands over what it was asked for', async () => {
  const first = await openApp(world);
  await first.press('a');
  const count = await first.decisions();
  const second = await openSecond();
  await first.cdp.send('Page.setWebLifecycleState', { state: 'frozen' });
  await second.page.bringToFront();
  await second.page.getByRole('button', { name: 'Use it here' }).click();
  await first.cdp.send('Page.setWebLifecycleState', { state: 'active' });
  await first.isCovered('moved');
  await second.isReady();
  assert.equal(await second.decisions(), count);
  await second.page.close();
  await first.page.close();
});

test('a duplicated tab is a second one, and does not take the store away by itself', async () => {
  const first = await openApp(world);
  const second = await openSecond();
  await second.page.getByRole('button', { name: 'Use it here' }).click();
  await second.isReady();
  await first.isCovered('moved');
  await first.page.bringToFront();
  await first.page.getByRole('button', { name: 'Use it here' }).click(); // loads anew, with the wish in the tab's storage
  await first.isReady();
  await first.press('a');
  const count = await first.decisions();
  // As the browser's "Duplicate tab" does it: the same address, with a copy of the tab's session storage.
  const opened = world.browser.context.waitForEvent('page');
  await first.page.evaluate(() => open(location.href, '_blank', 'opener'));
  const page = await opened;
  await page.waitForSelector('#cover[data-code="elsewhere"]');
  assert.equal(await first.decisions(), count);
  await page.getByRole('button', { name: 'Use it here' }).click();
  await first.isCovered('moved');
  await page.waitForSelector('#cover', { state: 'hidden' });
  await page.close();
  await second.page.close();
  await first.page.close();
});

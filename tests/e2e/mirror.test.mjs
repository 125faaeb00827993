// The semantic mirror: what a screen reader or a test finds, and what becomes of its clicks, focus and typing.
import assert from 'node:assert/strict';
import test from 'node:test';
import { until } from './lib/app.mjs';
import { openApp, setUp } from './lib/stand_in.mjs';

const world = await setUp();

const inApp = (title, body) =>
  test(title, async () => {
    const app = await openApp(world);
    await body(app);
    await app.hasNoProblems();
    await app.page.close();
  });

inApp('widgets are found by role and name over the whole page, each once', async (app) => {
  const { page } = app;
  for (const [role, name] of [['heading', 'Countersign stand-in'], ['button', 'Decide'], ['checkbox', 'Confirmed'], ['textbox', 'Reason'], ['list', 'Queue'], ['document', 'Events']]) {
    assert.equal(await page.getByRole(role, { name, exact: true }).count(), 1, `${role} ${name}`);
  }
  assert.equal(await page.getByRole('listitem').count(), 300);
  assert.equal(await page.getByRole('heading', { level: 1 }).count(), 1);
});

inApp('what Chromium tells a screen reader is what the desk says', async (app) => {
  const { nodes } = await app.cdp.send('Accessibility.getFullAXTree');
  const find = (role, name) => nodes.find((node) => node.role?.value === role && node.name?.value === name && !node.ignored);
  const property = (node, name) => node.properties.find((each) => each.name === name)?.value.value;
  const reason = find('textbox', 'Reason');
  assert.equal(property(reason, 'required'), true);
  assert.equal(property(reason, 'invalid'), 'true');
  assert.equal(reason.description.value, 'A reason is missing');
  assert.equal(find('checkbox', 'Confirmed').properties.find((each) => each.name === 'checked').value.value, 'false');
  assert.equal(property(find('button', 'Crash'), 'disabled'), true);
  const row = await app.page.getByRole('listitem').nth(6).evaluate((e) => [e.getAttribute('aria-posinset'), e.getAttribute('aria-setsize'), e.textContent]);
  assert.deepEqual(row, ['7', '2000', 'Item 7']);
  assert.equal(await app.find('button', 'Decide').getAttribute('aria-keyshortcuts'), 'A');
});

inApp('every widget of the tree has a name', async (app) => {
  const unnamed = await app.page.evaluate(() => [...document.querySelectorAll('#mirror [data-node]')].filter((e) => !e.getAttribute('aria-label') && !e.textContent).map((e) => e.id));
  assert.deepEqual(unnamed, []);
});

inApp('elements lie where the widgets are drawn', async (app) => {
  const [row, list] = await Promise.all([app.page.getByRole('listitem').nth(10).boundingBox(), app.find('list', 'Queue').boundingBox()]);
  assert.deepEqual([row.x, row.y, row.width, row.height], [280, 8 + 60, 300, 5]);
  assert.deepEqual([list.x, list.y], [280, 8]);
});

inApp('reading order is the tree\'s, also after scrolling', async (app) => {
  const names = () => app.page.getByRole('listitem').allTextContents();
  assert.equal((await names())[0], 'Item 1');
  await app.page.mouse.move(400, 300);
  for (const [dy, first] of [[300, 51], [-180, 21], [6000, 1021], [-12000, 1]]) {
    await app.page.mouse.wheel(0, dy);
    await app.page.waitForFunction((name) => document.querySelector('#mirror [role=listitem]').textContent === name, `Item ${first}`);
    await app.idle();
    const now = await names();
    assert.deepEqual(now, Array.from({ length: 300 }, (_, i) => `Item ${first + i}`));
  }
});

inApp('a click on an element, as assistive technology makes it, presses the widget', async (app) => {
  const before = await app.decisions();
  const events = await app.eventsOf(() => app.activate('button', 'Decide'));
  assert.equal(events.length, 1);
  assert.match(events[0], /^node 2 activate/);
  assert.equal(await app.decisions(), before + 1);
  await app.activate('checkbox', 'Confirmed');
  assert.equal(await app.find('checkbox', 'Confirmed').isChecked(), true);
  assert.equal(await app.find('button', 'Crash').isDisabled(), false);
});

inApp('a disabled widget is not pressed', async (app) => {
  assert.deepEqual(await app.eventsOf(() => app.activate('button', 'Crash')), []);
});

inApp('the focus stays with the view, which points at the focused widget', async (app) => {
  await app.press('Tab');
  const active = () => app.page.evaluate(() => [document.activeElement.id, document.getElementById(document.activeElement.getAttribute('aria-activedescendant'))?.getAttribute('aria-label') ?? null]);
  assert.deepEqual(await active(), ['view', 'Decide']);
  await app.press('Tab', 'Tab');
  assert.deepEqual(await active(), ['agent', 'Reason']);
  await app.press('Escape');
  assert.deepEqual(await active(), ['view', null]);
});

inApp('the focus that assistive technology puts on an element becomes the desk\'s', async (app) => {
  await app.find('button', 'Send').evaluate((element) => element.focus());
  await app.idle();
  assert.deepEqual(await app.page.evaluate(() => [document.activeElement.id, document.getElementById('view').getAttribute('aria-activedescendant')]), ['view', 'node-6']);
});

inApp('a field of the mirror is a real one: what is filled, typed and erased there is the desk\'s value', async (app) => {
  const reason = app.find('textbox', 'Reason');
  await reason.fill('from a screen reader');
  await app.idle();
  assert.equal(await app.valueOf('textbox', 'Reason'), 'from a screen reader');
  await reason.press('End');
  await reason.pressSequentially(' – typed', { delay: 0 });
  await reason.press('Backspace');
  await app.idle();
  assert.equal(await reason.inputValue(), 'from a screen reader – type');
  assert.match((await app.events()).filter((line) => line.startsWith('node')).at(-1), /set_value from a screen reader – type$/);
  assert.equal(await app.page.evaluate(() => document.activeElement.id), 'node-4');
  // Escape is the desk's: it closes the field, and the focus goes back to the view.
  await reason.press('Escape');
  await until('the view\'s focus', async () => (await app.page.evaluate(() => document.activeElement.id)) === 'view');
});

inApp('announcements are spoken politely, also the same one twice', async (app) => {
  await app.page.evaluate(() => {
    globalThis.spoken = [];
    const region = document.getElementById('polite');
    new MutationObserver(() => region.textContent && globalThis.spoken.push(region.textContent)).observe(region, { childList: true, characterData: true, subtree: true });
  });
  const before = await app.decisions();
  await app.press('a');
  await app.press('a');
  await app.page.waitForFunction(() => globalThis.spoken.length === 2);
  assert.deepEqual(await app.page.evaluate(() => globalThis.spoken), [`Saved on this device: ${before + 1}`, `Saved on this device: ${before + 2}`]);
});

inApp('an unchanged frame touches no element', async (app) => {
  const changes = await app.page.evaluate(async () => {
    let count = 0;
    const observer = new MutationObserver((records) => (count += records.length));
    observer.observe(document.getElementById('mirror'), { subtree: true, childList: true, attributes: true, characterData: true });
    document.getElementById('view').dispatchEvent(new PointerEvent('pointermove', { clientX: 5, clientY: 5, pointerType: 'mouse', bubbles: true }));
    await globalThis.countersign.idle();
    return count;
  });
  assert.equal(changes, 0);
});

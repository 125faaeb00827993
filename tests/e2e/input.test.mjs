// What a person does with keyboard, input method, clipboard, mouse and finger, and what reaches the desk of it.
import assert from 'node:assert/strict';
import test from 'node:test';
import { until } from './lib/app.mjs';
import { openApp, setUp } from './lib/stand_in.mjs';

const world = await setUp();
await world.browser.context.grantPermissions(['clipboard-read', 'clipboard-write']);

const inApp = (title, body) =>
  test(title, async () => {
    const app = await openApp(world);
    await body(app);
    await app.hasNoProblems();
    await app.page.close();
  });

const inField = async (app, name = 'Reason') => {
  await app.click('textbox', name);
  await app.page.waitForFunction(() => document.activeElement.id === 'agent');
};

// The store outlives the pages of this file: a field is emptied before it is typed into.
const emptied = async (app, name = 'Reason') => {
  await app.find('textbox', name).fill('');
  await app.press('Escape');
  await inField(app, name);
};

inApp('a key press and its release reach the desk, and no text without a field', async (app) => {
  assert.deepEqual(await app.eventsOf(() => app.press('j')), ['key j pressed', 'key j released']);
});

inApp('chords bring their modifiers', async (app) => {
  assert.deepEqual(await app.eventsOf(() => app.press('Control+Shift+Enter')), [
    'key control pressed control', 'key shift pressed control shift', 'key enter pressed control shift',
    'key enter released control shift', 'key shift released control', 'key control released',
  ]);
});

inApp('one key decides, and the count is the store\'s', async (app) => {
  const before = await app.decisions();
  await app.press('a', 'a', 'a');
  assert.equal(await app.decisions(), before + 3);
});

inApp('typed text arrives in the field, letter by letter, also what the keyboard cannot name', async (app) => {
  await emptied(app);
  const events = await app.eventsOf(() => app.type('Ab é'));
  assert.deepEqual(events.filter((line) => line.startsWith('text')), ['text A', 'text b', 'text  ', 'text é']);
  assert.equal(await app.valueOf('textbox', 'Reason'), 'Ab é');
});

inApp('what is typed right behind the key that opens a field is not lost', async (app) => {
  await emptied(app);
  await app.press('Escape');
  await app.page.waitForFunction(() => document.activeElement.id === 'view');
  // The desk has opened its field; the keys still reach the view, as they do until the page has moved the focus.
  await app.page.evaluate(async () => {
    const view = document.getElementById('view');
    const key = (k) => view.dispatchEvent(new KeyboardEvent('keydown', { key: k, code: `Key${k.toUpperCase()}`, bubbles: true }));
    key('r');
    while (document.activeElement === view) await new Promise(requestAnimationFrame);
    for (const k of 'fast') key(k);
  });
  await app.idle();
  assert.equal(await app.valueOf('textbox', 'Reason'), 'fast');
});

inApp('a Japanese input method composes in place and commits once', async (app) => {
  await emptied(app);
  const events = await app.eventsOf(async () => {
    await app.cdp.send('Input.imeSetComposition', { text: 'に', selectionStart: 1, selectionEnd: 1 });
    await app.idle();
    assert.equal(await app.valueOf('textbox', 'Reason'), 'に');
    await app.cdp.send('Input.imeSetComposition', { text: 'にほ', selectionStart: 2, selectionEnd: 2 });
    await app.cdp.send('Input.insertText', { text: '日本' });
  });
  assert.deepEqual(events, ['composing に', 'composing にほ', 'composing 日本', 'composing ', 'text 日本']);
  assert.equal(await app.valueOf('textbox', 'Reason'), '日本');
});

inApp('a composition that is given up leaves nothing', async (app) => {
  await emptied(app);
  await app.cdp.send('Input.imeSetComposition', { text: 'に', selectionStart: 1, selectionEnd: 1 });
  await app.cdp.send('Input.imeSetComposition', { text: '', selectionStart: 0, selectionEnd: 0 });
  await app.idle();
  assert.equal(await app.valueOf('textbox', 'Reason'), '');
});

inApp('a dead key and a letter make one character and no key of the desk', async (app) => {
  await emptied(app);
  const events = await app.eventsOf(async () => {
    await app.cdp.send('Input.dispatchKeyEvent', { type: 'keyDown', key: 'Dead', code: 'BracketLeft', windowsVirtualKeyCode: 229 });
    await app.cdp.send('Input.dispatchKeyEvent', { type: 'keyUp', key: 'Dead', code: 'BracketLeft', windowsVirtualKeyCode: 219 });
    await app.cdp.send('Input.dispatchKeyEvent', { type: 'keyDown', key: 'â', code: 'KeyA', text: 'â', unmodifiedText: 'â', windowsVirtualKeyCode: 65 });
    await app.cdp.send('Input.dispatchKeyEvent', { type: 'keyUp', key: 'â', code: 'KeyA', windowsVirtualKeyCode: 65 });
  });
  assert.deepEqual(events, ['key a pressed', 'text â', 'key a released']);
  assert.equal(await app.valueOf('textbox', 'Reason'), 'â');
});

inApp('Backspace and Enter edit, and Enter breaks the line only where lines are', async (app) => {
  await emptied(app, 'Notes');
  await app.type('xy');
  await app.press('Backspace', 'Enter');
  await app.type('z');
  assert.equal(await app.valueOf('textbox', 'Notes'), 'x\nz');
});

const clipboardOf = (app) => app.page.evaluate(() => navigator.clipboard.readText());
const setClipboard = (app, text) => app.page.evaluate((t) => navigator.clipboard.writeText(t), text);

inApp('paste brings the clipboard\'s text in one piece, with its line breaks', async (app) => {
  await setClipboard(app, 'two\r\nlines – ä');
  await emptied(app, 'Notes');
  const events = await app.eventsOf(() => app.press('Control+v'));
  assert.ok(events.includes('pasted two'), events.join('|'));
  assert.equal(await app.valueOf('textbox', 'Notes'), 'two\nlines – ä');
});

inApp('copy puts what the desk says on the clipboard, with no field focused as well', async (app) => {
  await setClipboard(app, 'before');
  await emptied(app);
  await app.type('because it smells');
  await app.press('Escape', 'Control+c');
  await until('the copied text', async () => (await clipboardOf(app)) === 'because it smells');
});

inApp('cut takes the text out and puts it on the clipboard', async (app) => {
  await emptied(app);
  await app.type('gone');
  await app.press('Control+x');
  await until('the cut text', async () => (await clipboardOf(app)) === 'gone');
  assert.equal(await app.valueOf('textbox', 'Reason'), '');
});

inApp('a button of the desk copies too', async (app) => {
  await emptied(app);
  await app.type('by button');
  await app.click('button', 'Copy reason');
  await until('the copied text', async () => (await clipboardOf(app)) === 'by button');
});

inApp('the browser\'s own copy command asks the desk', async (app) => {
  await emptied(app);
  await app.type('by menu');
  await app.press('Escape');
  const events = await app.eventsOf(() => app.page.evaluate(() => document.execCommand('copy')));
  assert.deepEqual(events, ['key c pressed control', 'key c released control']);
});

inApp('zoom, reload and tab chords never reach the desk', async (app) => {
  const prevented = await app.page.evaluate(() => {
    const view = document.getElementById('view');
    const chords = [['+', 'Equal'], ['-', 'Minus'], ['0', 'Digit0'], ['t', 'KeyT'], ['r', 'KeyR'], ['l', 'KeyL']];
    return chords.filter(([key, code]) => !view.dispatchEvent(new KeyboardEvent('keydown', { key, code, ctrlKey: true, bubbles: true, cancelable: true })));
  });
  assert.deepEqual(prevented, []);
  assert.deepEqual(await app.eventsOf(() => app.idle()), []);
});

inApp('Tab goes from widget to widget; after Escape it leaves the desk', async (app) => {
  await app.press('Tab', 'Tab');
  assert.equal(await app.page.evaluate(() => document.getElementById(document.getElementById('view').getAttribute('aria-activedescendant')).getAttribute('aria-label')), 'Confirmed');
  assert.equal(await app.page.evaluate(() => document.activeElement.id), 'view');
  await app.page.evaluate(() => document.body.append(Object.assign(document.createElement('button'), { id: 'outside', textContent: 'Outside' })));
  await app.press('Escape');
  await app.page.keyboard.press('Tab');
  assert.equal(await app.page.evaluate(() => document.activeElement.id), 'outside');
  assert.equal((await app.events()).at(-1), 'blurred');
  await app.page.keyboard.press('Shift+Tab');
  assert.equal(await app.page.evaluate(() => document.activeElement.id), 'view');
});

inApp('the mouse presses where the widget is drawn', async (app) => {
  const { x, y } = await app.center('button', 'Decide');
  const events = await app.eventsOf(() => app.page.mouse.click(x, y));
  assert.deepEqual(events, [`button left down ${x * 100} ${y * 100} mouse`, `button left up ${x * 100} ${y * 100} mouse`]);
  const right = await app.eventsOf(() => app.page.mouse.click(x, y, { button: 'right' }));
  assert.match(right[0], /^button right down/);
});

inApp('the wheel scrolls in CSS pixels', async (app) => {
  await app.page.mouse.move(400, 300);
  const events = await app.eventsOf(async () => {
    await app.page.mouse.wheel(0, 120);
    await app.sees('Item 21');
  });
  assert.deepEqual(events, ['wheel 0 12000']);
});

inApp('a finger taps, pans, and presses long for the right button', async (app) => {
  const touch = (type, ...points) => app.cdp.send('Input.dispatchTouchEvent', { type, touchPoints: points.map(([x, y]) => ({ x, y })) });
  const { x, y } = await app.center('button', 'Decide');
  const before = await app.decisions();
  const tap = await app.eventsOf(async () => {
    await touch('touchStart', [x, y]);
    await touch('touchEnd');
  });
  assert.deepEqual(tap.map((line) => line.replace(/ -?\d+ -?\d+/, '')), ['button left down touch', 'button left up touch', 'left the view']);
  assert.equal(await app.decisions(), before + 1);

  const pan = await app.eventsOf(async () => {
    await touch('touchStart', [400, 300]);
    for (const step of [280, 260, 240]) await touch('touchMove', [400, step]);
    await touch('touchEnd');
  });
  const scrolled = pan.map((line) => Number(/^wheel 0 (\d+)/.exec(line)?.[1] ?? NaN)).reduce((a, b) => a + b, 0);
  assert.equal(scrolled, 6000, pan.join('|'));

  const long = await app.eventsOf(async () => {
    await touch('touchStart', [x, y]);
    await until('the long press', async () => (await app.events()).some((line) => line.startsWith('button right')));
    await touch('touchEnd');
  });
  assert.deepEqual(long.map((line) => line.replace(/ -?\d+ -?\d+/, '')), ['button right down touch', 'button right up touch', 'left the view']);
});

inApp('the address bar, back and forward are the desk\'s places', async (app) => {
  await app.press('a', 'g');
  const first = await app.page.evaluate(() => location.hash);
  assert.match(first, /^#\/q\/demo\/i\/\d+$/);
  assert.match(await app.page.title(), /^Item \d+$/);
  await app.press('a', 'g');
  const events = await app.eventsOf(async () => {
    await app.page.evaluate(() => history.back());
    await until('the way back', async () => (await app.events()).at(-1).startsWith('location'));
  });
  assert.deepEqual(events, [`location ${first.slice(1)}`]);
  assert.equal(await app.page.evaluate(() => location.search), '?test=1');
});

inApp('a file is offered with its name and its bytes', async (app) => {
  await emptied(app);
  await app.type('in a file');
  const download = app.page.waitForEvent('download');
  await app.click('button', 'Save file');
  assert.equal((await download).suggestedFilename(), 'reason.txt');
});

inApp('dark, contrast and motion follow the system', async (app) => {
  const becomes = (line) => until(line, async () => (await app.events()).at(-1) === line);
  await app.page.emulateMedia({ colorScheme: 'dark' });
  await becomes('appearance dark');
  await app.page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce', contrast: 'more' });
  await becomes('appearance light more_contrast reduced_motion');
});

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { belongsToBrowser, isUnfinished, keyName, modifierBits, typedBy } from '../../../web/page/keys.js';

const press = (key, code = '', more = {}) => ({ key, code, ctrlKey: false, shiftKey: false, altKey: false, metaKey: false, getModifierState: () => false, ...more });

const layouts = [
  ['US: a letter', press('a', 'KeyA'), 'a'],
  ['US: a capital letter', press('A', 'KeyA', { shiftKey: true }), 'a'],
  ['German: Z is where the person has it', press('z', 'KeyY'), 'z'],
  ['French: A is where the person has it', press('a', 'KeyQ'), 'a'],
  ['French: the digit row without shift', press('&', 'Digit1'), 'digit_1'],
  ['US: shift and a digit', press('!', 'Digit1', { shiftKey: true }), 'digit_1'],
  ['Cyrillic: by place', press('ф', 'KeyA'), 'a'],
  ['numeric keypad', press('7', 'Numpad7'), 'digit_7'],
  ['numeric keypad without NumLock', press('Home', 'Numpad7'), 'home'],
  ['question mark', press('?', 'Slash', { shiftKey: true }), 'question'],
  ['German question mark', press('?', 'Minus', { shiftKey: true }), 'question'],
  ['umlaut on a German keyboard, by place', press('ü', 'BracketLeft'), 'bracket_left'],
  ['space', press(' ', 'Space'), 'space'],
  ['delete', press('Delete', 'Delete'), 'del'],
  ['F6', press('F6', 'F6'), 'f6'],
  ['F13 is no key of ours', press('F13', 'F13'), null],
  ['a media key is no key of ours', press('AudioVolumeUp', 'AudioVolumeUp'), null],
];
for (const [title, event, name] of layouts) test(`key: ${title}`, () => assert.equal(keyName(event), name));

test('every name that is sent is an enumerator of shell/platform/key.h', () => {
  const header = readFileSync(new URL('../../../shell/platform/key.h', import.meta.url), 'utf8');
  const enumerators = new Set(/enum class Key[^{]*\{([^}]*)\}/.exec(header)[1].split(',').map((name) => name.trim()).filter(Boolean));
  const source = readFileSync(new URL('../../../web/page/keys.js', import.meta.url), 'utf8');
  const tables = [...source.matchAll(/const kNamed = \{([^}]*)\}|const kPlaces = \{([^}]*)\}/g)].map((m) => m[1] ?? m[2]).join(',');
  const sent = [...tables.matchAll(/: '([a-z_0-9]+)'/g)].map((m) => m[1]);
  assert.ok(sent.length > 40);
  for (const name of sent) assert.ok(enumerators.has(name), name);
  for (const name of ['a', 'z', 'digit_0', 'digit_9', 'f1', 'f12']) assert.ok(enumerators.has(name), name);
});

const zoom = [press('+', 'Equal', { ctrlKey: true, shiftKey: true }), press('=', 'Equal', { ctrlKey: true }), press('-', 'Minus', { ctrlKey: true }), press('0', 'Digit0', { ctrlKey: true })];
const browsers = [...zoom, press('t', 'KeyT', { ctrlKey: true }), press('l', 'KeyL', { ctrlKey: true }), press('F5', 'F5'), press('F12', 'F12'),
  press('Tab', 'Tab', { ctrlKey: true }), press('ArrowLeft', 'ArrowLeft', { altKey: true }), press('I', 'KeyI', { ctrlKey: true, shiftKey: true })];
const desks = [press('a', 'KeyA'), press('Enter', 'Enter', { ctrlKey: true }), press('k', 'KeyK', { ctrlKey: true }), press('z', 'KeyZ', { ctrlKey: true }),
  press('F6', 'F6'), press('Tab', 'Tab'), press('/', 'Slash'), press('f', 'KeyF', { ctrlKey: true }), press('+', 'Equal', { shiftKey: true }), press('ArrowLeft', 'ArrowLeft')];
for (const event of browsers) test(`${event.ctrlKey ? 'Ctrl ' : ''}${event.altKey ? 'Alt ' : ''}${event.key} stays the browser's`, () => assert.equal(belongsToBrowser(event, false), true));
for (const event of desks) test(`${event.ctrlKey ? 'Ctrl ' : ''}${event.key} is the desk's`, () => assert.equal(belongsToBrowser(event, false), false));

test('on a Mac, Command is the desk\'s control and zooms the browser', () => {
  assert.equal(modifierBits(press('k', 'KeyK', { metaKey: true }), true), 1);
  assert.equal(modifierBits(press('k', 'KeyK', { ctrlKey: true }), true), 8);
  assert.equal(belongsToBrowser(press('-', 'Minus', { metaKey: true }), true), true);
});

test('AltGr types a character and is no chord, also where Windows says Control and Alt', () => {
  const euro = press('€', 'KeyE', { ctrlKey: true, altKey: true, getModifierState: (name) => name === 'AltGraph' });
  assert.equal(typedBy(euro, false), '€');
  assert.equal(modifierBits(euro, false), 0);
});

test('Option types on a Mac, Alt does not elsewhere', () => {
  const option = press('å', 'KeyA', { altKey: true });
  assert.equal(typedBy(option, true), 'å');
  assert.equal(typedBy(option, false), '');
});

test('chords and named keys type nothing, an emoji is one character', () => {
  assert.equal(typedBy(press('c', 'KeyC', { ctrlKey: true }), false), '');
  assert.equal(typedBy(press('Enter', 'Enter'), false), '');
  assert.equal(typedBy(press('🖋'), false), '🖋');
});

test('dead keys and what an input method takes are left alone', () => {
  for (const event of [press('Dead', 'BracketLeft'), press('Process', 'KeyA'), press('a', 'KeyA', { isComposing: true }), press('a', 'KeyA', { keyCode: 229 })]) {
    assert.equal(isUnfinished(event), true);
  }
  assert.equal(isUnfinished(press('a', 'KeyA', { keyCode: 65 })), false);
});

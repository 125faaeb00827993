// From a browser's KeyboardEvent to the names of shell/platform/key.h, and which keys are the browser's own.

const kNamed = {
  Enter: 'enter', Escape: 'escape', Esc: 'escape', Tab: 'tab', ' ': 'space', Backspace: 'backspace', Delete: 'del',
  Insert: 'insert', ArrowLeft: 'left', ArrowRight: 'right', ArrowUp: 'up', ArrowDown: 'down', Home: 'home', End: 'end',
  PageUp: 'page_up', PageDown: 'page_down', '?': 'question', '/': 'slash', ',': 'comma', '.': 'period', '-': 'minus',
  '=': 'equal', '[': 'bracket_left', ']': 'bracket_right', ';': 'semicolon', "'": 'apostrophe', '\\': 'backslash',
  '\u0060': 'grave', Shift: 'shift', Control: 'control', Alt: 'alt', Meta: 'meta', OS: 'meta',
};

const kPlaces = {
  Space: 'space', Slash: 'slash', Comma: 'comma', Period: 'period', Minus: 'minus', Equal: 'equal',
  BracketLeft: 'bracket_left', BracketRight: 'bracket_right', Semicolon: 'semicolon', Quote: 'apostrophe',
  Backslash: 'backslash', Backquote: 'grave',
};

// What is printed on the key counts, as the layout in use says; where that is no key of ours (Cyrillic letters, "&" on
// a French digit row), the key's place does.
export const keyName = ({ key, code }) => {
  if (key in kNamed) return kNamed[key];
  if (/^[a-zA-Z]$/.test(key)) return key.toLowerCase();
  if (/^[0-9]$/.test(key)) return `digit_${key}`;
  if (/^F([1-9]|1[0-2])$/.test(key)) return key.toLowerCase();
  const letter = /^Key([A-Z])$/.exec(code ?? '');
  if (letter) return letter[1].toLowerCase();
  const digit = /^(?:Digit|Numpad)([0-9])$/.exec(code ?? '');
  if (digit) return `digit_${digit[1]}`;
  return kPlaces[code] ?? null;
};

export const isMac = (platform = globalThis.navigator?.platform ?? '') => /^(Mac|iP)/.test(platform);

// AltGr writes characters; that Windows reports it as Control and Alt makes no chord of it.
const altGraph = (event) => event.getModifierState?.('AltGraph') ?? false;

// Bits as InputWriter.key wants them. The desk's Control is Command on a Mac; the Mac's Control is then its meta.
export const modifierBits = (event, mac = isMac()) => {
  const control = mac ? event.metaKey : event.ctrlKey && !altGraph(event);
  const meta = mac ? event.ctrlKey : event.metaKey;
  const alt = event.altKey && !altGraph(event);
  return (control ? 1 : 0) | (event.shiftKey ? 2 : 0) | (alt ? 4 : 0) | (meta ? 8 : 0);
};

// The text a key press would type: one character, no command chord. On a Mac, Option types.
export const typedBy = (event, mac = isMac()) => {
  if ([...event.key].length !== 1) return '';
  if (altGraph(event)) return event.key;
  return event.ctrlKey || event.metaKey || (event.altKey && !mac) ? '' : event.key;
};

// A key that only prepares the next one, or that an input method has taken.
export const isUnfinished = (event) =>
  event.isComposing || event.keyCode === 229 || event.key === 'Dead' || event.key === 'Process' || event.key === 'Unidentified';

const kBrowserChords = new Set(['digit_0', 'equal', 'minus', 'l', 't', 'w', 'n', 'r', 'p', 'd', 'h', 'j', 'o', 'u', 'tab',
  'page_up', 'page_down', 'digit_1', 'digit_2', 'digit_3', 'digit_4', 'digit_5', 'digit_6', 'digit_7', 'digit_8', 'digit_9']);
const kBrowserShiftChords = new Set(['i', 'j', 'c', 't', 'n', 'r', 'del', 'p', 'm']);
const kBrowserKeys = new Set(['f5', 'f11', 'f12']);
const kBrowserAltKeys = new Set(['left', 'right', 'home', 'd', 'f4']);

// Zoom, tabs, address bar, reload, developer tools: never sent to the desk, never prevented.
export const belongsToBrowser = (event, mac = isMac()) => {
  const name = keyName(event);
  const control = mac ? event.metaKey : event.ctrlKey;
  if (event.key === '+' || event.key === '_') return control;
  if (kBrowserKeys.has(name)) return true;
  if (!mac && event.metaKey && name !== 'meta') return true; // the operating system's
  if (event.altKey && !control && kBrowserAltKeys.has(name) && !mac) return true;
  if (!control) return false;
  return event.shiftKey ? kBrowserShiftChords.has(name) || kBrowserChords.has(name) : kBrowserChords.has(name);
};

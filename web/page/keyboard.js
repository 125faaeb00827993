// Key presses to the desk. Listeners sit on the view alone, never on the window: an embedding page keeps its keys.
//
// Tab moves inside the desk; Escape and then Tab lets it go on to the page (WCAG 2.1.2). While text is typed, a
// printable key still reaches the desk as a key, but its text comes from the text agent.

import { belongsToBrowser, isMac, isUnfinished, keyName, modifierBits, typedBy } from './keys.js';

const kModifiers = new Set(['shift', 'control', 'alt', 'meta']);

// While a real text field of the mirror is edited, its own keys stay there.
const staysInField = (event, name) => {
  const chord = event.ctrlKey || event.metaKey;
  if (name === 'escape' || name === 'tab' || /^f\d/.test(name)) return false;
  if (name === 'enter') return !chord && event.target.dataset.multiline === 'true';
  return !chord || ['a', 'c', 'v', 'x', 'z', 'y', 'left', 'right', 'home', 'end', 'backspace', 'del'].includes(name);
};

export class Keyboard {
  #view;
  #outbox;
  #isAgent;
  #isField;
  #clipboard;
  #escaped = false;

  // isAgent(element): the hidden text agent; isField(element): a real field of the mirror.
  constructor({ view, outbox, isAgent, isField, clipboard }) {
    this.#view = view;
    this.#outbox = outbox;
    this.#isAgent = isAgent;
    this.#isField = isField;
    this.#clipboard = clipboard;
    view.addEventListener('keydown', (event) => this.#down(event));
    view.addEventListener('keyup', (event) => this.#up(event));
  }

  #down(event) {
    if (isUnfinished(event)) return;
    const name = keyName(event);
    if (name === null || belongsToBrowser(event)) return;
    if (this.#isField(event.target) && staysInField(event, name)) return;
    if (name === 'tab' && this.#escaped) {
      this.#escaped = false;
      return; // the browser moves the focus on
    }
    if (!kModifiers.has(name)) this.#escaped = name === 'escape';
    const modifiers = modifierBits(event);
    const chord = (modifiers & 1) !== 0;
    if (chord && name === 'v') return; // comes as a paste event
    if (chord && (name === 'c' || name === 'x')) this.#clipboard.keyPressed();
    const typed = typedBy(event);
    const typing = this.#isAgent(event.target);
    this.#outbox.now((writer) => {
      writer.key(name, true, modifiers, typing ? '' : typed);
      // A Mac sends no release of a key while Command is down.
      if (isMac() && event.metaKey && !kModifiers.has(name)) writer.key(name, false, modifiers);
    });
    const browserMustSee = (typing && typed !== '') || kModifiers.has(name) || (chord && (name === 'c' || name === 'x'));
    if (!browserMustSee) event.preventDefault();
  }

  #up(event) {
    const name = keyName(event);
    if (name === null || isUnfinished(event) || this.#isField(event.target)) return;
    this.#outbox.now((writer) => writer.key(name, false, modifierBits(event)));
  }
}

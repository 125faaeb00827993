// What lies over the desk while it is not there: the start with its progress, and sentences when something is wrong.

import { kSentences } from './sentences.js';

const find = (id) => document.getElementById(id);

export class Cover {
  #cover = find('cover');
  #progress = find('progress');
  #title = find('cover-title');
  #text = find('cover-text');
  #button = find('cover-button');

  loading() {
    this.#show('loading');
    this.#progress.removeAttribute('value');
  }

  progress(part) {
    this.#progress.value = part;
  }

  // act(): what the button does; it is hidden where there is nothing to do.
  sentence(code, detail, act) {
    const sentence = kSentences[code] ?? kSentences.start;
    this.#show('sentence');
    this.#cover.dataset.code = code;
    this.#title.textContent = sentence.title;
    this.#text.textContent = sentence.text.replace('%', () => detail || 'no detail is known');
    this.#button.hidden = sentence.button === undefined || act === undefined;
    this.#button.textContent = sentence.button ?? '';
    this.#button.onclick = () => act();
    if (!this.#button.hidden) this.#button.focus();
  }

  hide() {
    this.#cover.hidden = true;
    delete this.#cover.dataset.code;
  }

  #show(state) {
    this.#cover.hidden = false;
    this.#cover.dataset.state = state;
  }
}

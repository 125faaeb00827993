// A line under the desk for what concerns the page and not the work: no storage, a new version. One at a time; an
// urgent one stays.

import { kNotices } from './sentences.js';

export class Notice {
  #notice = document.getElementById('notice');
  #text = document.getElementById('notice-text');
  #button = document.getElementById('notice-button');
  #close = document.getElementById('notice-close');

  constructor(spoken) {
    this.spoken = spoken;
    this.#close.onclick = () => (this.#notice.hidden = true);
  }

  show(code, act) {
    if (!this.#notice.hidden && this.#notice.dataset.urgent === 'true') return;
    const { text, button, urgent = false } = kNotices[code];
    this.#notice.dataset.code = code;
    this.#notice.dataset.urgent = String(urgent);
    this.#text.textContent = text;
    this.#button.hidden = button === undefined;
    this.#button.textContent = button ?? '';
    this.#button.onclick = act ?? null;
    this.#close.hidden = urgent;
    this.#notice.hidden = false;
    if (urgent) this.spoken.urgently(text);
    else this.spoken.politely(text);
  }
}

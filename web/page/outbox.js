// Input on its way to the worker: everything of one event goes in one message, at once; pointer moves wait for the
// display's next refresh, so that a fast mouse sends one message a frame.

import { InputWriter } from './input_writer.js';

export class Outbox {
  #writer = new InputWriter();
  #post;
  #flushing = false;
  #moving = false;

  constructor(post) {
    this.#post = post;
  }

  // write(writer) adds records.
  now(write) {
    write(this.#writer);
    if (this.#flushing) return;
    this.#flushing = true;
    queueMicrotask(() => {
      this.#flushing = false;
      this.flush();
    });
  }

  atRefresh(write) {
    write(this.#writer);
    if (this.#moving) return;
    this.#moving = true;
    requestAnimationFrame(() => {
      this.#moving = false;
      this.flush();
    });
  }

  flush() {
    if (this.#writer.empty) return;
    const records = this.#writer.take();
    this.#post({ t: 'input', records }, [records]);
  }
}

// Nothing that others can see may overtake the store. On files that is free: what SQLite synced is on the disk when the
// call returns. With IndexedDB the transaction completes later, and until then messages and requests wait here.

export class Gate {
  #files = null;
  #queue = [];
  #busy = false;
  #drained = Promise.resolve();
  #failed;

  // failed(error): the browser refused to keep what was decided; nothing is let out any more.
  constructor(failed) {
    this.#failed = failed;
  }

  use(files) {
    this.#files = files.kind === 'indexed_db' ? files : null;
  }

  run(effect) {
    if (this.#files === null) effect();
    else this.#queue.push(effect);
  }

  // After each call into the module.
  afterCall() {
    if (this.#files === null || this.#busy) return;
    this.#busy = true;
    this.#drained = this.#drain();
  }

  // Resolves when everything so far is kept and let out.
  async settled() {
    await this.#drained;
  }

  get idle() {
    return !this.#busy;
  }

  async #drain() {
    try {
      for (;;) {
        const effects = this.#queue;
        this.#queue = [];
        const commit = this.#files.commit();
        if (commit === null && effects.length === 0) break;
        await commit;
        for (const effect of effects) effect();
      }
    } catch (error) {
      this.#failed(error);
      return; // stays busy: nothing leaves any more
    }
    this.#busy = false;
  }
}

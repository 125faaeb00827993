// The server's news: an EventSource whose every event pokes the desk, which then pulls. Reconnects with a growing,
// jittered pause; is closed while the tab is hidden, and pokes once when it is back, because news may have been missed.

const kFirstPauseMs = 1000;
const kLongestPauseMs = 60000;

export class Live {
  #poke;
  #path = '';
  #source = null;
  #timer = null;
  #failures = 0;
  #visible = true;

  constructor(poke) {
    this.#poke = poke;
  }

  follow(path) {
    this.#path = path;
    this.#failures = 0;
    this.#close();
    this.#open();
  }

  setVisible(visible) {
    if (visible === this.#visible) return;
    this.#visible = visible;
    if (visible) this.retryNow();
    else this.#close();
  }

  // The network may be back, or the tab is.
  retryNow() {
    if (this.#path === '' || this.#source?.readyState === EventSource.OPEN) return;
    this.#failures = 0;
    this.#close();
    this.#open();
  }

  get state() {
    if (this.#path === '') return 'off';
    if (this.#source?.readyState === EventSource.OPEN) return 'open';
    return this.#source ? 'connecting' : this.#visible ? 'waiting' : 'paused';
  }

  #open() {
    if (this.#path === '' || !this.#visible) return;
    const source = new EventSource(this.#path, { withCredentials: true });
    this.#source = source;
    source.onopen = () => {
      this.#failures = 0;
      this.#poke();
    };
    source.onmessage = () => this.#poke();
    source.addEventListener('poke', () => this.#poke());
    source.onerror = () => {
      if (this.#source !== source) return;
      this.#close();
      const pause = Math.min(kLongestPauseMs, kFirstPauseMs * 2 ** this.#failures);
      this.#failures += 1;
      this.#timer = setTimeout(() => this.#open(), pause * (0.5 + Math.random()));
    };
  }

  #close() {
    clearTimeout(this.#timer);
    this.#source?.close();
    this.#source = null;
  }
}

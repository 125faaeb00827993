// Which tab holds the store. One does; the others show a page with a button. The holder is found by a Web Lock, which
// the browser frees when a tab is killed, and a BroadcastChannel carries the wish to take over: the holder then flushes,
// closes and lets go, and the tab that asked gets the lock (other waiting tabs step back for it).
//
// Without Web Locks (plain http) the channel alone tells who holds; what really protects the store there is the
// generation number in IndexedDB (files/indexed_db.js).

const kLock = 'countersign-store';
const kStepBackMs = 6000;
const kClaimMs = 60; // how long a tab that only waited listens whether another one has asked
const kAnswerMs = 300;
const kSilentMs = 5000; // a holder that has not begun to let go by then is frozen or hangs

const pause = (ms) => new Promise((done) => setTimeout(done, ms));

// Resolves with `promise`, or after `ms`.
const atMost = (ms, promise) => {
  let timer;
  const late = new Promise((done) => (timer = setTimeout(done, ms)));
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
};

export class Holder {
  #channel;
  #letGo = null;
  #holding = false;
  #waiting = null; // AbortController of the waiting request
  #steppedBack = null; // resolves when another tab has taken over
  #claimed = false; // the person asked for it here
  #passing = false; // the person asked for it in another tab
  #takeOver = null;
  #silence = null; // runs while the holder has not answered a wish to take over
  #silent;
  #giveUp;
  #silentMs;
  #locks;

  // giveUp(): async; called when another tab takes over. Must have closed everything when it resolves.
  // silent(): called when this tab is to take over and the holder does not answer. It still gets the store by itself
  // when that one wakes up or ends.
  constructor(giveUp, { locks = navigator.locks ?? null, silent = () => {}, silentMs = kSilentMs } = {}) {
    this.#giveUp = giveUp;
    this.#locks = locks;
    this.#silent = () => (this.#holding ? undefined : silent());
    this.#silentMs = silentMs;
    this.#channel = new BroadcastChannel(kLock);
    this.#channel.onmessage = ({ data }) => this.#heard(data);
  }

  // Resolves when this worker holds the store. `elsewhere()` is called once when another tab does.
  async acquire(elsewhere) {
    if (this.#locks) await this.#acquireLock(elsewhere);
    else await this.#acquireByAsking(elsewhere);
    this.#holding = true;
    clearTimeout(this.#silence);
    this.#say('held');
  }

  // The person pressed the button here.
  takeOver() {
    this.#claimed = true;
    this.#passing = false;
    clearTimeout(this.#silence);
    this.#silence = setTimeout(this.#silent, this.#silentMs);
    this.#say('take-over');
    this.#steppedBack?.();
    this.#takeOver?.();
  }

  release() {
    if (!this.#holding) return;
    this.#holding = false;
    this.#letGo?.();
    this.#say('released');
  }

  // No more words from or to this tab.
  end() {
    this.release();
    clearTimeout(this.#silence);
    this.#channel.close();
  }

  async #acquireLock(elsewhere) {
    if (await this.#request({ ifAvailable: true })) return;
    elsewhere();
    for (;;) {
      if (await this.#wait()) return;
      // Another waiting tab takes over: let it pass, then queue again behind it.
      await atMost(kStepBackMs, new Promise((done) => (this.#steppedBack = done)));
      this.#passing = false;
    }
  }

  // True when the lock is ours, false when another tab is to have it first.
  async #wait() {
    this.#waiting = new AbortController();
    try {
      await this.#request({ signal: this.#waiting.signal });
    } catch (error) {
      if (error.name !== 'AbortError') throw error;
      return false;
    }
    if (!this.#claimed) await pause(kClaimMs);
    if (!this.#passing) return true;
    this.#letGo();
    return false;
  }

  // Resolves true when the lock is ours; it is kept until release().
  #request(options) {
    return new Promise((resolve, reject) => {
      this.#locks
        .request(kLock, options, (lock) => {
          if (lock === null) return resolve(false);
          const kept = new Promise((letGo) => (this.#letGo = letGo));
          resolve(true);
          return kept;
        })
        .catch(reject);
    });
  }

  async #acquireByAsking(elsewhere) {
    let held = false;
    this.#answered = () => (held = true);
    this.#say('who');
    await pause(kAnswerMs);
    if (!held) return;
    elsewhere();
    const released = new Promise((done) => (this.#released = done));
    await Promise.race([released, new Promise((done) => (this.#takeOver = done))]);
    await atMost(kStepBackMs, released);
  }

  #answered = () => {};
  #released = () => {};

  #say(what) {
    this.#channel.postMessage({ what });
  }

  async #heard({ what }) {
    if (what === 'take-over') {
      if (this.#holding) {
        this.#say('leaving');
        await this.#giveUp();
        this.release();
      } else {
        this.#claimed = false;
        this.#passing = true;
        clearTimeout(this.#silence);
        this.#waiting?.abort();
      }
    } else if (what === 'leaving') {
      clearTimeout(this.#silence);
    } else if (what === 'who' && this.#holding) {
      this.#say('held');
    } else if (what === 'held') {
      this.#answered();
      this.#steppedBack?.();
    } else if (what === 'released') {
      this.#released();
    }
  }
}

// When frames run: only when somebody asked, at the display's rate, never twice for one refresh.
//
// A wish of 0 ms runs at the next animation frame; a later one arms one timer, and the earliest wish counts. Hidden, no
// animation frame comes; what is wished then runs by timer, at most once a second, so that a desk with something to
// send is not asleep for ever. A desk that wishes nothing costs nothing.

const kHiddenMs = 1000;

export class Frames {
  #run;
  #clock;
  #animation = null; // handle of the requested animation frame
  #timer = null; // { handle, due }
  #visible = true;
  #suspended = false;
  #wishedWhileSuspended = false;
  count = 0;

  // clock: { now(), requestFrame(f), cancelFrame(h), setTimer(f, ms), clearTimer(h) }
  constructor(run, clock) {
    this.#run = run;
    this.#clock = clock;
  }

  want(delayMs) {
    if (this.#suspended) {
      this.#wishedWhileSuspended = true;
    } else if (!this.#visible) {
      this.#arm(Math.max(delayMs, kHiddenMs));
    } else if (delayMs > 0) {
      this.#arm(delayMs);
    } else if (this.#animation === null) {
      this.#animation = this.#clock.requestFrame(() => {
        this.#animation = null;
        this.#frame();
      });
    }
  }

  // Hiding runs one frame at once: the desk learns of it while it still may.
  setVisible(visible) {
    if (visible === this.#visible) return;
    this.#visible = visible;
    const due = this.#timer?.due;
    this.#cancel();
    if (!visible) this.#arm(0);
    else this.want(due === undefined ? 0 : Math.max(0, due - this.#clock.now()));
  }

  // While there is nothing to draw on (a lost GPU). Wishes are remembered as one.
  suspend() {
    this.#wishedWhileSuspended ||= this.#animation !== null || this.#timer !== null;
    this.#suspended = true;
    this.#cancel();
  }

  resume() {
    this.#suspended = false;
    if (this.#wishedWhileSuspended) this.want(0);
    this.#wishedWhileSuspended = false;
  }

  // True when a frame will come without anybody's doing, timers apart.
  get pending() {
    return this.#animation !== null;
  }

  get timerDue() {
    return this.#timer?.due ?? null;
  }

  #arm(delayMs) {
    const due = this.#clock.now() + delayMs;
    if (this.#timer !== null) {
      if (this.#timer.due <= due) return;
      this.#clock.clearTimer(this.#timer.handle);
    }
    const handle = this.#clock.setTimer(() => {
      this.#timer = null;
      if (this.#visible) this.want(0);
      else this.#frame();
    }, delayMs);
    this.#timer = { handle, due };
  }

  #cancel() {
    if (this.#animation !== null) this.#clock.cancelFrame(this.#animation);
    if (this.#timer !== null) this.#clock.clearTimer(this.#timer.handle);
    this.#animation = null;
    this.#timer = null;
  }

  #frame() {
    this.count += 1;
    this.#run();
  }
}

// The worker's own animation frames, or the page's where workers have none (`askPage` posts, `pageAnswered` is called
// with its answer).
export const browserClock = (askPage) => {
  const timers = {
    now: () => performance.now(),
    setTimer: (f, ms) => setTimeout(f, ms),
    clearTimer: (handle) => clearTimeout(handle),
  };
  if (typeof requestAnimationFrame === 'function') {
    return { ...timers, requestFrame: (f) => requestAnimationFrame(f), cancelFrame: (h) => cancelAnimationFrame(h), pageAnswered: () => {} };
  }
  const waiting = new Map();
  let last = 0;
  return {
    ...timers,
    requestFrame: (f) => {
      last += 1;
      waiting.set(last, f);
      askPage(last);
      return last;
    },
    cancelFrame: (h) => waiting.delete(h),
    pageAnswered: (handle) => {
      const f = waiting.get(handle);
      waiting.delete(handle);
      f?.();
    },
  };
};

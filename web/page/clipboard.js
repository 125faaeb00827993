// Copy, cut and paste. The desk answers from its worker, after the event is over; a clipboard write must be begun within
// it. So copy and cut begin a write whose text is promised and keep it for what the desk sends. Reading is only ever
// done from a paste event: nothing prompts.

const kAnswerMs = 1500;

export class Clipboard {
  #outbox;
  #isField;
  #refused;
  #byKey = false;
  #promised = null;

  // refused(): the browser did not let us copy. isField(element): a real field of the mirror copies by itself.
  constructor({ view, outbox, isField, refused }) {
    this.#outbox = outbox;
    this.#isField = isField;
    this.#refused = refused;
    view.addEventListener('copy', (event) => this.#asked(event, 'c'));
    view.addEventListener('cut', (event) => this.#asked(event, 'x'));
    view.addEventListener('paste', (event) => this.#paste(event));
  }

  // The chord has been sent as a key already; its copy or cut event follows within the same task.
  keyPressed() {
    this.#byKey = true;
    setTimeout(() => (this.#byKey = false), 0);
    this.#promise();
  }

  // From the desk.
  async write(text) {
    const promised = this.#promised;
    this.#promised = null;
    if (promised) {
      promised.resolve(new Blob([text], { type: 'text/plain' }));
      if (await promised.written) return;
    }
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      if (!copyByEvent(text)) this.#refused();
    }
  }

  #asked(event, key) {
    if (this.#isField(event.target)) return;
    if (this.#byKey) return;
    this.#promise();
    this.#outbox.now((writer) => {
      writer.key(key, true, 1);
      writer.key(key, false, 1);
    });
  }

  #paste(event) {
    if (this.#isField(event.target)) return;
    event.preventDefault();
    const text = event.clipboardData?.getData('text/plain') ?? '';
    if (text !== '') this.#outbox.now((writer) => writer.paste(text.replace(/\r\n?/g, '\n')));
  }

  #promise() {
    if (!navigator.clipboard?.write || typeof ClipboardItem !== 'function') return;
    this.#promised?.reject(new DOMException('asked again', 'AbortError'));
    const promised = {};
    const text = new Promise((resolve, reject) => Object.assign(promised, { resolve, reject }));
    text.catch(() => {});
    promised.written = navigator.clipboard.write([new ClipboardItem({ 'text/plain': text })]).then(() => true, () => false);
    this.#promised = promised;
    setTimeout(() => {
      promised.reject(new DOMException('nothing to copy', 'AbortError'));
      if (this.#promised === promised) this.#promised = null;
    }, kAnswerMs);
  }
}

// For plain http, where there is no navigator.clipboard: the old command, with the text set in its event.
const copyByEvent = (text) => {
  const onCopy = (event) => {
    event.clipboardData.setData('text/plain', text);
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  document.addEventListener('copy', onCopy, { capture: true, once: true });
  const done = document.execCommand('copy');
  document.removeEventListener('copy', onCopy, { capture: true });
  return done;
};

// The hidden text field through which typed text reaches the desk: a 1 px textarea at the caret, so that input methods,
// dead keys, dictation, emoji pickers and mobile keyboards work and put their windows where the text is. It has the
// focus only while the desk edits text; otherwise keys are commands and no input method wakes up.
//
// Its own text is taken out with each event; 16 px keep phones from zooming in.

export class TextAgent {
  #view;
  #agent;
  #outbox;
  #composing = false;
  #on = false;

  constructor({ view, agent, outbox }) {
    this.#view = view;
    this.#agent = agent;
    this.#outbox = outbox;
    agent.addEventListener('compositionstart', () => (this.#composing = true));
    agent.addEventListener('compositionupdate', (event) => this.#outbox.now((writer) => writer.composition(event.data)));
    agent.addEventListener('compositionend', (event) => this.#compositionEnded(event.data));
    agent.addEventListener('input', (event) => this.#typed(event));
    agent.addEventListener('blur', () => (this.#agent.value = ''));
  }

  get element() {
    return this.#agent;
  }

  // From the desk: where its caret is, or that no field has the focus.
  show({ on, x, y, lineHeight, multiline }) {
    this.#on = on;
    const active = document.activeElement;
    const ours = this.#view.contains(active);
    if (!on) {
      // A field of the mirror that a screen reader put the focus in loses it with the desk's.
      if (ours && active !== this.#view) this.#view.focus({ preventScroll: true });
      return;
    }
    const style = this.#agent.style;
    style.left = `${x}px`;
    style.top = `${y}px`;
    style.height = `${lineHeight}px`;
    this.#agent.enterKeyHint = multiline ? 'enter' : 'done';
    if (active === this.#view) this.focus();
  }

  // Phones show their keyboard only for a focus within the gesture: a tap on a field focuses before the desk answers.
  focus() {
    this.#agent.focus({ preventScroll: true });
  }

  get wanted() {
    return this.#on;
  }

  #typed(event) {
    if (this.#composing || event.isComposing) return;
    const text = this.#agent.value;
    this.#agent.value = '';
    if (event.inputType === 'insertLineBreak' || event.inputType === 'insertParagraph') {
      this.#outbox.now((writer) => {
        writer.key('enter', true, 0);
        writer.key('enter', false, 0);
      });
    } else if (text !== '') {
      this.#outbox.now((writer) => writer.text(text));
    }
  }

  #compositionEnded(text) {
    this.#composing = false;
    this.#agent.value = '';
    this.#outbox.now((writer) => {
      writer.composition('');
      if (text !== '') writer.text(text);
    });
  }
}

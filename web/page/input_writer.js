// Writes input events as the records that web/wire/input_records.cpp reads (web/protocol.md lists them). Little-endian;
// a text is a 32-bit length and UTF-8.

const encoder = new TextEncoder();

export const Kind = {
  pointerMoved: 1,
  pointerButton: 2,
  pointerLeft: 3,
  wheel: 4,
  key: 5,
  text: 6,
  composition: 7,
  paste: 8,
  focus: 9,
  visibility: 10,
  resized: 11,
  appearance: 12,
  location: 13,
  nodeActed: 14,
};

export const PointerKind = { mouse: 0, touch: 1, pen: 2 };
export const Action = { activate: 0, focus: 1, setValue: 2, scrollIntoView: 3 };

export class InputWriter {
  #bytes = new Uint8Array(256);
  #view = new DataView(this.#bytes.buffer);
  #size = 0;
  #lastMove = -1; // where the last record starts, when it is a pointer move

  get empty() {
    return this.#size === 0;
  }

  // The finished records as an ArrayBuffer to be transferred; the writer is then empty.
  take() {
    const taken = this.#bytes.slice(0, this.#size).buffer;
    this.#size = 0;
    this.#lastMove = -1;
    return taken;
  }

  // A move that follows a move takes its place: only the last position of a frame counts.
  pointerMoved(x, y, kind) {
    if (this.#lastMove >= 0) this.#size = this.#lastMove;
    const start = this.#size;
    this.#begin(Kind.pointerMoved).#real(x).#real(y).#byte(kind);
    this.#lastMove = start;
  }

  pointerButton(button, pressed, x, y, kind) {
    this.#begin(Kind.pointerButton).#byte(button).#flag(pressed).#real(x).#real(y).#byte(kind);
  }

  pointerLeft() {
    this.#begin(Kind.pointerLeft);
  }

  wheel(dx, dy) {
    this.#begin(Kind.wheel).#real(dx).#real(dy);
  }

  // `modifiers`: bits control 1, shift 2, alt 4, meta 8. `typed`: what the key would type, when no field has the focus.
  key(name, pressed, modifiers, typed = '') {
    this.#begin(Kind.key).#text(name).#flag(pressed).#byte(modifiers).#text(typed);
  }

  text(text) {
    this.#begin(Kind.text).#text(text);
  }

  composition(preedit) {
    this.#begin(Kind.composition).#text(preedit);
  }

  paste(text) {
    this.#begin(Kind.paste).#text(text);
  }

  focus(focused) {
    this.#begin(Kind.focus).#flag(focused);
  }

  visibility(visible) {
    this.#begin(Kind.visibility).#flag(visible);
  }

  resized(width, height, scale) {
    this.#begin(Kind.resized).#real(width).#real(height).#real(scale);
  }

  appearance(dark, moreContrast, reducedMotion) {
    this.#begin(Kind.appearance).#byte((dark ? 1 : 0) | (moreContrast ? 2 : 0) | (reducedMotion ? 4 : 0));
  }

  location(location) {
    this.#begin(Kind.location).#text(location);
  }

  nodeActed(node, action, value = '') {
    this.#begin(Kind.nodeActed).#number(node).#byte(action).#text(value);
  }

  #begin(kind) {
    this.#lastMove = -1;
    return this.#byte(kind);
  }

  #room(count) {
    if (this.#size + count <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(this.#bytes.length * 2, this.#size + count));
    larger.set(this.#bytes.subarray(0, this.#size));
    this.#bytes = larger;
    this.#view = new DataView(larger.buffer);
  }

  #byte(value) {
    this.#room(1);
    this.#view.setUint8(this.#size, value);
    this.#size += 1;
    return this;
  }

  #flag(value) {
    return this.#byte(value ? 1 : 0);
  }

  #number(value) {
    this.#room(4);
    this.#view.setUint32(this.#size, value, true);
    this.#size += 4;
    return this;
  }

  #real(value) {
    this.#room(4);
    this.#view.setFloat32(this.#size, value, true);
    this.#size += 4;
    return this;
  }

  #text(text) {
    const bytes = encoder.encode(text);
    this.#number(bytes.length).#room(bytes.length);
    this.#bytes.set(bytes, this.#size);
    this.#size += bytes.length;
    return this;
  }
}

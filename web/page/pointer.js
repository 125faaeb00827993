// Mouse, pen and touch to the desk. Positions are CSS pixels from the view's top left.
//
// One finger pans, taps, and presses long for the right button; two fingers are left to the browser, which zooms.

import { PointerKind } from './input_writer.js';

const kButtons = { 0: 0, 2: 1, 1: 2 }; // the browser's left, right, middle to ours
const kLineCss = 40;
const kPanCss = 10;
const kLongPressMs = 500;

export class Pointer {
  #view;
  #outbox;
  #fieldAt;
  #focusAgent;
  #finger = null; // { id, x, y, startX, startY, panning, timer }

  // fieldAt(x, y): whether a text field is there; focusAgent(): within the gesture, for phones' keyboards.
  constructor({ view, outbox, fieldAt, focusAgent }) {
    this.#view = view;
    this.#outbox = outbox;
    this.#fieldAt = fieldAt;
    this.#focusAgent = focusAgent;
    view.addEventListener('pointerdown', (event) => this.#down(event));
    view.addEventListener('pointermove', (event) => this.#move(event));
    view.addEventListener('pointerup', (event) => this.#up(event));
    view.addEventListener('pointercancel', (event) => this.#cancel(event));
    view.addEventListener('pointerleave', (event) => this.#left(event));
    view.addEventListener('wheel', (event) => this.#wheel(event), { passive: false });
    view.addEventListener('contextmenu', (event) => event.preventDefault());
    // The focus is moved by hand: a press on the canvas must not take it away from the text agent.
    view.addEventListener('mousedown', (event) => {
      event.preventDefault();
      if (!view.contains(document.activeElement)) view.focus({ preventScroll: true });
    });
  }

  #at(event) {
    const box = this.#view.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  }

  #down(event) {
    if (event.pointerType === 'touch') return this.#fingerDown(event);
    const button = kButtons[event.button];
    if (button === undefined) return; // back and forward are the browser's
    this.#view.setPointerCapture(event.pointerId);
    this.#button(event, button, true);
  }

  #up(event) {
    if (event.pointerType === 'touch') return this.#fingerUp(event);
    const button = kButtons[event.button];
    if (button !== undefined) this.#button(event, button, false);
  }

  #button(event, button, pressed) {
    const [x, y] = this.#at(event);
    const kind = PointerKind[event.pointerType] ?? PointerKind.mouse;
    this.#outbox.now((writer) => {
      writer.pointerMoved(x, y, kind);
      writer.pointerButton(button, pressed, x, y, kind);
    });
  }

  #move(event) {
    const [x, y] = this.#at(event);
    if (event.pointerType === 'touch') return this.#fingerMove(event, x, y);
    this.#outbox.atRefresh((writer) => writer.pointerMoved(x, y, PointerKind[event.pointerType] ?? PointerKind.mouse));
  }

  #left(event) {
    if (event.pointerType !== 'touch') this.#outbox.now((writer) => writer.pointerLeft());
  }

  #wheel(event) {
    if (event.ctrlKey) return; // the browser zooms
    event.preventDefault();
    const unit = [1, kLineCss, this.#view.clientHeight][event.deltaMode] ?? 1;
    this.#outbox.atRefresh((writer) => writer.wheel(event.deltaX * unit, event.deltaY * unit));
  }

  #fingerDown(event) {
    if (!event.isPrimary) return this.#forgetFinger();
    const [x, y] = this.#at(event);
    this.#view.setPointerCapture(event.pointerId);
    const timer = setTimeout(() => this.#longPress(), kLongPressMs);
    this.#finger = { id: event.pointerId, x, y, startX: x, startY: y, panning: false, timer };
  }

  #fingerMove(event, x, y) {
    const finger = this.#finger;
    if (finger === null || finger.id !== event.pointerId) return;
    if (!finger.panning && Math.hypot(x - finger.startX, y - finger.startY) < kPanCss) return;
    clearTimeout(finger.timer);
    const dx = finger.x - x;
    const dy = finger.y - y;
    const began = !finger.panning;
    Object.assign(finger, { x, y, panning: true });
    this.#outbox.atRefresh((writer) => {
      if (began) writer.pointerMoved(finger.startX, finger.startY, PointerKind.touch);
      writer.wheel(dx, dy);
    });
  }

  #fingerUp(event) {
    const finger = this.#finger;
    if (finger === null || finger.id !== event.pointerId) return;
    this.#forgetFinger();
    if (finger.panning) return;
    this.#press(finger, 0);
    if (this.#fieldAt(finger.x, finger.y)) this.#focusAgent();
  }

  #longPress() {
    const finger = this.#finger;
    this.#forgetFinger();
    this.#press(finger, 1);
  }

  #press(finger, button) {
    this.#outbox.now((writer) => {
      writer.pointerMoved(finger.x, finger.y, PointerKind.touch);
      writer.pointerButton(button, true, finger.x, finger.y, PointerKind.touch);
      writer.pointerButton(button, false, finger.x, finger.y, PointerKind.touch);
      writer.pointerLeft();
    });
  }

  #cancel(event) {
    if (event.pointerType === 'touch') this.#forgetFinger();
    else this.#left(event);
  }

  #forgetFinger() {
    clearTimeout(this.#finger?.timer);
    this.#finger = null;
  }
}

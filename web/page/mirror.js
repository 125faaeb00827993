// The semantic mirror: a real element for each widget of the desk, invisible over the canvas, so that screen readers,
// the browser's search and tests find what is drawn. Elements are kept by node id and in reading order; a patch touches
// only what changed.
//
// Focus: the view (or the text agent) keeps the browser's focus and names the desk's focused node by
// aria-activedescendant. Somebody who puts the focus or a click on an element (a screen reader, a test) acts on the
// desk's widget. A text field that is focused this way is a real one: it keeps the focus, and what is typed into it goes
// to the desk as its value.

import { Action } from './input_writer.js';
import { applyName, applyNumbers, applyState, applyTexts, applyValue, isField, makeElement } from './mirror_element.js';
import { readPatch } from './patch_reader.js';

export class Mirror {
  #root;
  #view;
  #holders;
  #outbox;
  #shown = new Map(); // id to { element, role, name, value, state, place, parent, hasChildren }
  #sentValues = [];

  // holders: the elements that may have the focus in the mirror's stead.
  constructor({ root, view, holders, outbox }) {
    this.#root = root;
    this.#view = view;
    this.#holders = holders;
    this.#outbox = outbox;
    root.addEventListener('click', (event) => this.#clicked(event));
    root.addEventListener('focusin', (event) => this.#focused(event));
    root.addEventListener('input', (event) => this.#typed(event));
  }

  apply(bytes) {
    const patch = readPatch(bytes);
    for (const id of patch.removed) this.#remove(id);
    for (const node of patch.nodes) this.#update(node);
    for (const { parent, children } of patch.parents) this.#order(parent, children);
    this.#pointAt(patch.focused);
  }

  // A text field of the mirror that has the browser's focus.
  isField(element) {
    return element instanceof HTMLTextAreaElement && element.parentElement !== null && this.#root.contains(element);
  }

  fieldAt(x, y) {
    for (const shown of this.#shown.values()) {
      if (!isField(shown.role)) continue;
      const [left, top] = this.#absolute(shown);
      if (x >= left && x < left + shown.place[2] && y >= top && y < top + shown.place[3]) return true;
    }
    return false;
  }

  clear() {
    this.#shown.clear();
    this.#root.replaceChildren();
    this.#pointAt(0);
  }

  #remove(id) {
    const element = this.#shown.get(id)?.element;
    if (element === undefined) return;
    const hadFocus = element === document.activeElement;
    element.remove();
    this.#shown.delete(id);
    if (hadFocus) this.#view.focus({ preventScroll: true });
  }

  #update(node) {
    let shown = this.#shown.get(node.id);
    if (shown === undefined) {
      shown = { element: makeElement(node.id, node.role), role: node.role, name: '', value: '', place: [0, 0, 0, 0], parent: 0, hasChildren: false };
      this.#shown.set(node.id, shown);
    }
    const { element, role } = shown;
    if (node.name !== undefined) shown.name = node.name;
    if (node.value !== undefined) this.#setValue(shown, node.value);
    if (node.name !== undefined || node.value !== undefined) applyName(element, shown);
    if (node.state !== undefined) applyState(element, role, node.state);
    if (node.numbers !== undefined) applyNumbers(element, role, node.numbers);
    applyTexts(element, node);
    if (node.place !== undefined) this.#place(shown, node.place);
  }

  #place(shown, place) {
    const [x, y, width, height] = place;
    const was = shown.place;
    shown.place = place;
    const style = shown.element.style;
    if (x !== was[0] || y !== was[1]) style.translate = `${x}px ${y}px`;
    if (width !== was[2]) style.width = `${width}px`;
    if (height !== was[3]) style.height = `${height}px`;
  }

  // A field that somebody types into is ahead of the desk: its own words coming back must not undo newer ones.
  #setValue(shown, value) {
    shown.value = value;
    applyValue(shown.element, shown.role, value);
    if (!isField(shown.role)) return;
    if (document.activeElement === shown.element) {
      const echo = this.#sentValues.lastIndexOf(value);
      if (echo >= 0) {
        this.#sentValues.splice(0, echo + 1);
        return;
      }
    }
    if (shown.element.value !== value) shown.element.value = value;
  }

  #order(parent, children) {
    const owner = parent === 0 ? null : this.#shown.get(parent);
    const container = owner?.element ?? this.#root;
    if (owner && !owner.hasChildren) {
      owner.hasChildren = true;
      applyName(owner.element, owner);
    }
    let next = firstElement(container);
    for (const id of children) {
      const shown = this.#shown.get(id);
      if (shown === undefined) continue;
      shown.parent = parent;
      if (shown.element === next) next = next.nextElementSibling;
      else container.insertBefore(shown.element, next);
    }
  }

  #absolute(shown) {
    let [x, y] = shown.place;
    for (let p = this.#shown.get(shown.parent); p !== undefined; p = this.#shown.get(p.parent)) {
      x += p.place[0];
      y += p.place[1];
    }
    return [x, y];
  }

  #pointAt(id) {
    const target = this.#shown.get(id)?.element.id ?? null;
    for (const holder of this.#holders) {
      if (target === null) holder.removeAttribute('aria-activedescendant');
      else if (holder.getAttribute('aria-activedescendant') !== target) holder.setAttribute('aria-activedescendant', target);
    }
  }

  #nodeOf(event) {
    const element = event.target.closest?.('[data-node]');
    return element ? { element, id: Number(element.dataset.node) } : null;
  }

  #act(id, action, value) {
    this.#outbox.now((writer) => writer.nodeActed(id, action, value));
  }

  #clicked(event) {
    const node = this.#nodeOf(event);
    if (node === null) return;
    // The desk decides what becomes of a check box; its next patch says.
    event.preventDefault();
    event.stopPropagation();
    if (node.element.getAttribute('aria-disabled') !== 'true') this.#act(node.id, Action.activate);
  }

  #focused(event) {
    const node = this.#nodeOf(event);
    if (node === null) return;
    this.#act(node.id, Action.focus);
    this.#sentValues = [];
    if (!this.isField(node.element)) this.#view.focus({ preventScroll: true });
  }

  #typed(event) {
    const node = this.#nodeOf(event);
    if (node === null || !this.isField(node.element)) return;
    this.#sentValues.push(node.element.value);
    this.#act(node.id, Action.setValue, node.element.value);
  }
}

const firstElement = (container) => container.firstElementChild;

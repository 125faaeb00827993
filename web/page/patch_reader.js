// Reads what web/wire/semantics_patch.cpp wrote (the table is in its header).

const kState = ['disabled', 'focused', 'selected', 'checkable', 'checked', 'expandable', 'expanded', 'required', 'invalid',
  'readonly', 'modal'];
const decoder = new TextDecoder();

class Reader {
  #bytes;
  #view;
  #at = 0;

  constructor(bytes) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  number() {
    return this.#view.getUint32((this.#at += 4) - 4, true);
  }

  signed() {
    return this.#view.getInt32((this.#at += 4) - 4, true);
  }

  half() {
    return this.#view.getUint16((this.#at += 2) - 2, true);
  }

  real() {
    return this.#view.getFloat32((this.#at += 4) - 4, true);
  }

  text() {
    const size = this.number();
    this.#at += size;
    return size === 0 ? '' : decoder.decode(this.#bytes.subarray(this.#at - size, this.#at));
  }

  list(read) {
    const count = this.number();
    const out = new Array(count);
    for (let i = 0; i < count; i += 1) out[i] = read(this);
    return out;
  }
}

const readState = (bits) => Object.fromEntries(kState.map((name, i) => [name, ((bits >> i) & 1) === 1]));

// { id, role?, name?, value?, description?, shortcut?, state?, place?: [x, y, width, height], numbers?: [position, size, level] }
const readNode = (reader) => {
  const node = { id: reader.number() };
  const mask = reader.half();
  ['role', 'name', 'value', 'description', 'shortcut'].forEach((field, i) => {
    if (mask & (1 << i)) node[field] = reader.text();
  });
  if (mask & 32) node.state = readState(reader.half());
  if (mask & 64) node.place = [reader.real(), reader.real(), reader.real(), reader.real()];
  if (mask & 128) node.numbers = [reader.signed(), reader.signed(), reader.signed()];
  return node;
};

// { removed: [id], nodes: [node], parents: [{ parent, children: [id] }], focused: id or 0 }
export const readPatch = (bytes) => {
  const reader = new Reader(bytes);
  return {
    removed: reader.list((r) => r.number()),
    nodes: reader.list(readNode),
    parents: reader.list((r) => ({ parent: r.number(), children: r.list((inner) => inner.number()) })),
    focused: reader.number(),
  };
};

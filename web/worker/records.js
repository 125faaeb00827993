// The records of web/wire/records.h on the worker's side.

const decoder = new TextDecoder();
const encoder = new TextEncoder();

// Splits bytes into the texts they hold; the ones named in `raw` stay bytes.
export const readTexts = (bytes, raw = []) => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const texts = [];
  for (let at = 0; at < bytes.length; ) {
    const size = view.getUint32(at, true);
    const piece = bytes.subarray(at + 4, at + 4 + size);
    texts.push(raw.includes(texts.length) ? piece : decoder.decode(piece));
    at += 4 + size;
  }
  return texts;
};

export const writeTexts = (...pieces) => {
  const bytes = pieces.map((piece) => (typeof piece === 'string' ? encoder.encode(piece) : piece));
  const out = new Uint8Array(bytes.reduce((sum, piece) => sum + 4 + piece.length, 0));
  const view = new DataView(out.buffer);
  let at = 0;
  for (const piece of bytes) {
    view.setUint32(at, piece.length, true);
    out.set(piece, at + 4);
    at += 4 + piece.length;
  }
  return out;
};

export const encodeText = (text) => encoder.encode(text);

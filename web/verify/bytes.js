// Bytes and their texts: hexadecimal and base64, strictly.

export const toHex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

// Exactly `count` lower-case digits.
export const isHex = (text, count) => typeof text === 'string' && text.length === count && /^[0-9a-f]*$/.test(text);

export const fromHex = (text) => Uint8Array.from({ length: text.length / 2 }, (_, i) => parseInt(text.slice(2 * i, 2 * i + 2), 16));

export const toBase64 = (bytes) => btoa(String.fromCharCode(...bytes));

// null for what is not the one form of RFC 4648, section 4.
export const fromBase64 = (text) => {
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return null;
  let binary;
  try {
    binary = atob(text);
  } catch {
    return null;
  }
  return btoa(binary) === text ? Uint8Array.from(binary, (c) => c.charCodeAt(0)) : null;
};

export const join = (...pieces) => {
  const out = new Uint8Array(pieces.reduce((size, piece) => size + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    out.set(piece, at);
    at += piece.length;
  }
  return out;
};

export const equal = (a, b) => a.length === b.length && a.every((byte, i) => byte === b[i]);

const encoder = new TextEncoder();
export const utf8 = (text) => encoder.encode(text);

// Signed notes, verifier keys, checkpoints and origins (C2SP signed-note and tlog-checkpoint).
import { fromBase64, join, toBase64, toHex, utf8 } from './bytes.js';
import { sha256, verifyEd25519 } from './hashes.js';

const kNoteBytes = 1 << 20;
const kSignatures = 100;
const kTreeSize = 2 ** 48;
const kEd25519 = 1;
const kKeyName = /^[^+\0-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+$/;

export const isKeyName = (name) => kKeyName.test(name);

const keyId = async (name, key) => toHex((await sha256(join(utf8(`${name}\n`), Uint8Array.of(kEd25519), key))).slice(0, 4));

// What a verifier knows of a key: { name, id, key, hex }.
export const noteKey = async (name, key) => ({ name, id: await keyId(name, key), key, hex: toHex(key) });

// Throws with a sentence.
export const parseVkey = async (vkey) => {
  const [name, id, ...rest] = vkey.split('+');
  if (rest.length === 0 || !isKeyName(name)) throw new Error('not a verifier key: it must be a name, an id and a key with "+" between');
  const bytes = fromBase64(rest.join('+'));
  if (bytes === null || bytes.length !== 33 || bytes[0] !== kEd25519) throw new Error('not a verifier key of Ed25519');
  const out = await noteKey(name, bytes.slice(1));
  if (out.id !== id) throw new Error('not a verifier key: its id does not follow from name and key');
  return out;
};

const readSignature = (line) => {
  const [, name, text] = /^\u2014 ([^ ]*) ([^]*)$/.exec(line) ?? [];
  const bytes = text === undefined || !isKeyName(name) ? null : fromBase64(text);
  if (bytes === null || bytes.length < 5) throw new Error('a signature cannot be read');
  return { name, id: toHex(bytes.slice(0, 4)), bytes: bytes.slice(4) };
};

// { text, signatures }; throws with a sentence.
export const parseNote = (note) => {
  if (utf8(note).length > kNoteBytes) throw new Error('the note is too long');
  if (/[\0-\t\v-\x1f]/.test(note)) throw new Error('a control character');
  const gap = note.lastIndexOf('\n\n');
  if (gap < 0) throw new Error('there is no empty line between text and signatures');
  const lines = note.slice(gap + 2).split('\n');
  if (lines.pop() !== '' || lines.length === 0) throw new Error('there is no signature, or the last line does not end');
  if (lines.length > kSignatures) throw new Error('too many signatures');
  return { text: note.slice(0, gap + 1), signatures: lines.map(readSignature) };
};

// A sentence, or nothing when a known key has signed and none of them falsely.
export const wrongSignature = async (note, keys) => {
  let known = false;
  for (const { name, id, bytes } of note.signatures) {
    for (const key of keys.filter((one) => one.name === name && one.id === id)) {
      if (!(await verifyEd25519(key.hex, key.key, utf8(note.text), bytes))) return `the signature of ${name} does not hold`;
      known = true;
    }
  }
  return known ? '' : 'no signature is of a known key';
};

const readDecimal = (text) => (/^(0|[1-9][0-9]*)$/.test(text) ? BigInt(text) : null);

// { origin, size, root }; throws with a sentence.
export const parseCheckpoint = (text) => {
  const lines = text.split('\n');
  if (lines.pop() !== '' || lines.length < 3 || lines.includes('')) throw new Error('a checkpoint has an origin, a size and a root, each in a line');
  const [origin, size, root] = lines;
  const leaves = readDecimal(size);
  if (leaves === null || leaves > BigInt(kTreeSize)) throw new Error('the size is no number of entries');
  const hash = fromBase64(root);
  if (hash === null || hash.length !== 32) throw new Error('the root is no hash');
  return { origin, size: Number(leaves), root: hash };
};

// { server, project, epoch }, the epoch as a BigInt; throws with a sentence.
export const parseOrigin = (origin) => {
  const [, server, project, epoch] = /^countersign\/([0-9a-f]{16})\/([^/]*)\/([^/]*)$/.exec(origin) ?? [];
  const number = epoch === undefined ? null : readDecimal(epoch);
  if (number === null || number >= 2n ** 64n || !isKeyName(project)) throw new Error('the origin is not countersign/<server>/<project>/<epoch number>');
  return { server, project, epoch: number };
};

export const epochNumber = (text) => {
  const [, number] = /^([^-]*)-[0-9a-f]{16}$/.exec(text) ?? [];
  const out = number === undefined ? null : readDecimal(number);
  return out !== null && out < 2n ** 64n ? out : null;
};

// The key that somebody gives: name+id+base64, or base64 alone. { key, hex, name }; throws with a sentence.
export const parseGivenKey = async (text) => {
  const bytes = fromBase64(text);
  if (bytes !== null && bytes.length === 32) return { key: bytes, hex: toHex(bytes), name: '' };
  return parseVkey(text);
};

// A checkpoint that somebody brings; throws with a sentence.
export const parseOwnCheckpoint = (source, text) => {
  const note = parseNote(text);
  const checkpoint = parseCheckpoint(note.text);
  return { source, note, checkpoint, origin: parseOrigin(checkpoint.origin) };
};

export const vkeyText = ({ name, id, key }) => `${name}+${id}+${toBase64(join(Uint8Array.of(kEd25519), key))}`;

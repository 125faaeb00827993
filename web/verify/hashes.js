// SHA-256, HMAC and Ed25519 by the browser, and the hashes that a log is made of.
import { join, utf8 } from './bytes.js';

const { subtle } = globalThis.crypto ?? {};

export const sha256 = async (bytes) => new Uint8Array(await subtle.digest('SHA-256', bytes));

// RFC 9162, 2.1.1.
export const leafHash = (leaf) => sha256(join(Uint8Array.of(0), leaf));
export const nodeHash = (left, right) => sha256(join(Uint8Array.of(1), left, right));

export const operationHash = (bytes) => sha256(join(utf8('countersign-op1\0'), bytes));

// What an entry holds in place of a text: HMAC-SHA-256(key, domain || 0x00 || text).
export const commitmentOf = async (domain, key, text) => {
  const secret = await subtle.importKey('raw', key, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  return new Uint8Array(await subtle.sign('HMAC', secret, utf8(`${domain}\0${text}`)));
};

// Keys as the browser wants them, by their hexadecimal text: importing one takes longer than using it.
const imported = new Map();
const kImportedKept = 1000;

const importKey = (hex, bytes) => {
  if (!imported.has(hex)) {
    if (imported.size >= kImportedKept) imported.clear();
    imported.set(hex, subtle.importKey('raw', bytes, { name: 'Ed25519' }, false, ['verify']));
  }
  return imported.get(hex);
};

// A key that is no point of the curve verifies nothing.
export const verifyEd25519 = async (keyHex, keyBytes, message, signature) => {
  if (signature.length !== 64) return false;
  try {
    return await subtle.verify({ name: 'Ed25519' }, await importKey(keyHex, keyBytes), signature, message);
  } catch (error) {
    if (error.name === 'NotSupportedError') throw error;
    return false;
  }
};

// Whether this browser can do all of it; a sentence when not.
export const whatIsMissing = async () => {
  if (!subtle) return 'This page must be opened over https, or on this machine: the browser gives no cryptography elsewhere.';
  try {
    await subtle.importKey('raw', new Uint8Array(32), { name: 'Ed25519' }, false, ['verify']);
    return '';
  } catch (error) {
    return error.name === 'NotSupportedError' ? 'This browser does not know Ed25519 signatures: Chrome and Edge from 137, Firefox from 129 and Safari from 17 do.' : '';
  }
};

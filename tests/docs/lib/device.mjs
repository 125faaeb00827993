// A device written from docs/protocol.md and docs/event-log.md alone, with nothing of Countersign in it: if it is
// understood, the documents are right.
import { createHash, createHmac, createPublicKey, generateKeyPairSync, randomBytes, randomUUID, sign, verify } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';

export const sha256 = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest('hex');

// Canonical JSON: members sorted by name, no spaces, only what must be escaped is.
export const canonical = (value) => {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value !== null && typeof value === 'object') {
    return `{${Object.keys(value).sort().map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`).join(',')}}`;
  }
  return JSON.stringify(value);
};

export const leafHash = (leaf) => sha256(Buffer.of(0), leaf);
export const nodeHash = (left, right) => sha256(Buffer.of(1), Buffer.from(left, 'hex'), Buffer.from(right, 'hex'));
export const operationHash = (bytes) => sha256('countersign-op1', Buffer.of(0), bytes);
export const nothing = '0'.repeat(64);

// The root over leaf hashes: RFC 9162, 2.1.1.
export const rootOf = (hashes) => {
  if (hashes.length === 0) return sha256('');
  if (hashes.length === 1) return hashes[0];
  let split = 1;
  while (split * 2 < hashes.length) split *= 2;
  return nodeHash(rootOf(hashes.slice(0, split)), rootOf(hashes.slice(split)));
};

export const signedHead = (stream, seq, hash) => `countersign-head1\n${stream}\n${seq}\n${hash}\n`;
const publicKey = (hex) => createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(hex, 'hex').toString('base64url') }, format: 'jwk' });
export const isSignedBy = (keyHex, text, signatureHex) => verify(null, Buffer.from(text), publicKey(keyHex), Buffer.from(signatureHex, 'hex'));

// `as`: "rationale", "answer", "note".
export const committed = (as, text) => {
  const key = randomBytes(16);
  const commitment = createHmac('sha256', key).update(as).update(Buffer.of(0)).update(text).digest('hex');
  return { as, commitment, key: key.toString('hex'), text };
};

export class Device {
  #keys = generateKeyPairSync('ed25519');
  #operations = [];

  constructor(actor, project) {
    this.actor = actor;
    this.project = project;
    this.device = randomBytes(16).toString('hex');
    this.stream = `${this.device}.${randomBytes(8).toString('hex')}`;
    this.saved = 0;
  }

  get key() {
    return Buffer.from(this.#keys.publicKey.export({ format: 'jwk' }).x, 'base64url').toString('hex');
  }

  get head() {
    return { seq: this.#operations.length, hash: this.#operations.at(-1)?.hash ?? nothing };
  }

  hello(more = {}) {
    const waiting = this.#operations.slice(this.saved, this.saved + 1000).map((one) => one.item);
    return JSON.stringify({ device: this.device, stream: this.stream, key: this.key, head: this.head, waiting, ...more });
  }

  // The stream goes on by this. `at` in microseconds UTC.
  decide(type, item, body, { texts = [], at = Date.now() * 1000, op = randomUUID(), more = {} } = {}) {
    const seq = this.#operations.length + 1;
    const bytes = canonical({ actor: this.actor, at, body, item, mono_ms: seq, op, prev: this.head.hash, project: this.project, seq, stream: this.stream, type, v: 2, ...more });
    this.#operations.push({ op, item, bytes, hash: operationHash(bytes), texts });
    return this.#operations.at(-1);
  }

  // As a copy of the device that does not have it.
  forget() {
    this.#operations.pop();
  }

  // From an operation on (the first that is not saved) to another.
  push({ from = this.saved + 1, to = this.#operations.length, elide = true } = {}) {
    const prev = this.#operations[from - 2]?.hash ?? nothing;
    const last = this.#operations[to - 1];
    const lines = [JSON.stringify({ push: 1, announced: this.#operations.length, from, prev, stream: this.stream, waiting: [] })];
    for (const one of this.#operations.slice(from - 1, to)) {
      let line = one.bytes;
      if (elide) {
        line = line.replace(/"prev":"[0-9a-f]{64}"/, '"prev":""');
        for (const text of one.texts) line = line.replace(`"text":"${text.commitment}"`, '"text":""');
      }
      lines.push(line, ...one.texts.map(({ as, key, text }) => JSON.stringify({ as, key, text })));
    }
    const signature = sign(null, Buffer.from(signedHead(this.stream, to, last.hash)), this.#keys.privateKey).toString('hex');
    lines.push(JSON.stringify({ end: 1, hash: last.hash, seq: to, signature }));
    return `${lines.join('\n')}\n`;
  }
}

// Until the server at this address has judged what it acknowledged.
export const allJudged = async (address) => {
  while (!/^countersign_judging_behind_seconds 0$/m.test(await (await fetch(`${address}/metrics`)).text())) await pause(5);
};

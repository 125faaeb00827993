// A device written from docs/protocol.md and docs/event-log.md alone, with nothing of Countersign in it: if it is
// understood, the documents are right.
import { createHash, createHmac, randomBytes, randomUUID } from 'node:crypto';

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
export const nextLink = (link, hash) => sha256(Buffer.of(2), Buffer.from(link, 'hex'), Buffer.from(hash, 'hex'));
export const operationHash = (bytes) => sha256('countersign-op1', Buffer.of(0), bytes);
export const noLink = '0'.repeat(64);

export const committed = (domain, text) => {
  const key = randomBytes(32);
  const commitment = createHmac('sha256', key).update(domain).update(Buffer.of(0)).update(text).digest('hex');
  return { commitment, key: key.toString('hex'), text };
};

export class Device {
  #stream = `${randomBytes(16).toString('hex')}.${randomBytes(8).toString('hex')}`;
  #seq = 0;
  #prev = noLink;

  constructor(actor, project) {
    this.actor = actor;
    this.project = project;
  }

  // One line of a push. `at` in microseconds UTC.
  line(type, item, body, { texts = [], at = Date.now() * 1000, op = randomUUID() } = {}) {
    const whole = type === 'submit_review' ? { claimed_at: at, review: op, stream: this.#stream, ...body } : body;
    const bytes = canonical({ actor: this.actor, at, body: whole, item, op, prev: this.#prev, project: this.project, seq: ++this.#seq, stream: this.#stream, type, v: 1 });
    this.#prev = operationHash(bytes);
    return { op, hash: this.#prev, text: JSON.stringify({ bytes, texts }) };
  }

  get head() {
    return { seq: this.#seq, hash: this.#prev };
  }
}

// What a verification says; the shape is that of `countersign verify --json`.

export const kChecks = [
  ['file', 'The file is whole and unchanged since it was made', 'files'],
  ['lines', 'Every line can be read', 'lines'],
  ['leaves', 'Every entry has the one written form of its kind', 'entries'],
  ['numbers', 'Entries are numbered without a gap', 'entries'],
  ['project', 'Every entry belongs to this project', 'entries'],
  ['operations', 'What a device sent agrees with the entry that records it', 'operations'],
  ['streams', 'What each device sent is complete and in its order', 'operations'],
  ['signatures', 'Devices signed all that they sent', 'signatures'],
  ['checkpoints', 'Checkpoints follow each other and cover every entry', 'checkpoints'],
  ['roots', 'Entries are the ones that the checkpoints were made over', 'checkpoints'],
  ['seals', 'Checkpoints are signed with the server’s key', 'signatures'],
  ['keys', 'Keys that came along fit this log, and the key that you gave', 'keys'],
  ['epochs', 'Each new start of the server tells what it continues', 'starts'],
  ['seen', 'What devices had seen of the log is this log', 'checkpoints'],
  ['texts', 'Texts are the ones that entries speak of', 'texts'],
  ['erasures', 'Texts that were erased are not there', 'erased texts'],
  ['own_checkpoints', 'The log agrees with the checkpoints that you brought', 'checkpoints'],
];

const kKept = 100;
const kSentence = 500;

export class Findings {
  counts = { bytes: 0, lines: 0, leaves: 0, leaves_v1: 0, operations: 0, signatures: 0, streams: 0, checkpoints: 0, epochs: 0, texts: 0, erased: 0, forks: 0 };
  checks = new Map(kChecks.map(([check]) => [check, { done: 0, failed: 0 }]));
  types = new Map();
  failures = [];
  facts = [];
  unchecked = [];
  about = { project: '', server: '', made: 0, first_at: 0, last_at: 0, key: 'none' };
  failed = 0;
  #waiting = []; // failures, and promises of them, in their order

  done(check) {
    this.checks.get(check).done += 1;
  }

  fail(check, place, sentence) {
    this.#waiting.push({ check, place, sentence });
  }

  // One that is known later: the promise gives the sentence, or nothing.
  failLater(check, place, promise) {
    this.#waiting.push(promise.then((sentence) => (sentence ? { check, place, sentence } : null)));
  }

  async settle() {
    for (const failure of await Promise.all(this.#waiting)) {
      if (failure === null) continue;
      this.failed += 1;
      this.checks.get(failure.check).failed += 1;
      if (this.failures.length < kKept) this.failures.push({ ...failure, sentence: failure.sentence.slice(0, kSentence) });
    }
    this.#waiting = [];
  }

  fact(fact, place, sentence) {
    if (this.facts.length < kKept) this.facts.push({ fact, place, sentence });
  }

  // Something that this verifier cannot look at.
  cannot(check, sentence) {
    this.unchecked.push({ check, sentence });
  }

  countType(type) {
    const name = this.types.has(type) || this.types.size < kKept ? type : '...';
    this.types.set(name, (this.types.get(name) ?? 0) + 1);
  }

  report() {
    const lineOf = ({ place }) => place.line ?? Infinity;
    this.failures.sort((a, b) => (lineOf(a) === lineOf(b) ? 0 : lineOf(a) - lineOf(b)));
    const at = ({ place, ...rest }) => ({ ...rest, ...(place.leaf ? { leaf: place.leaf } : {}), ...(place.line ? { line: place.line } : {}) });
    return {
      verified: this.failed === 0,
      ...this.about,
      counts: { ...this.counts },
      types: Object.fromEntries([...this.types].sort(([a], [b]) => (a < b ? -1 : 1))),
      checks: [...this.checks].map(([check, { done, failed }]) => ({ check, done, failed })),
      failed: this.failed,
      failures: this.failures.map(at),
      facts: this.facts.map(at),
      unchecked: this.unchecked,
    };
  }
}

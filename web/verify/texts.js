// Texts beside the log: each opens a commitment that an entry before it names, and none of what was erased is there.
import { isHex } from './bytes.js';

const kNamings = { document: 'document', text: 'text' };
const kDomains = { document: 'document', rationale: 'text', answer: 'text', note: 'text' };

export class Texts {
  #findings;
  #known = new Map(); // commitment to { document, text, seen, erased }

  constructor(findings) {
    this.#findings = findings;
  }

  #of(commitment) {
    if (!this.#known.has(commitment)) this.#known.set(commitment, {});
    return this.#known.get(commitment);
  }

  nameAll(body) {
    for (const [name, value] of Object.entries(body)) {
      if (value !== null && typeof value === 'object') this.nameAll(value);
      else if (!Array.isArray(body) && Object.hasOwn(kNamings, name) && isHex(value, 64)) this.#of(value)[kNamings[name]] = true;
    }
  }

  erase(place, commitments) {
    if (!Array.isArray(commitments)) {
      this.#findings.fail('erasures', place, 'the erasure does not list what was erased');
      return;
    }
    for (const commitment of commitments) {
      this.#findings.done('erasures');
      if (!isHex(commitment, 64)) {
        this.#findings.fail('erasures', place, 'the erasure lists something that is no commitment of 64 hex digits');
        continue;
      }
      const known = this.#of(commitment);
      if (known.seen) this.#findings.fail('erasures', place, `the text of ${commitment} was erased here, and yet stands before`);
      if (!known.erased) this.#findings.counts.erased += 1;
      known.erased = true;
    }
    this.#findings.fact('erasure', place, 'texts were erased here; the entries that spoke of them still stand');
  }

  // `made`: the commitment that domain, key and text give, in hexadecimal.
  add(place, { commitment, domain }, made) {
    this.#findings.counts.texts += 1;
    this.#findings.done('texts');
    const known = this.#known.get(commitment) ?? {};
    if (!Object.hasOwn(kDomains, domain) || !known[kDomains[domain]]) {
      this.#findings.fail('texts', place, `no entry before it names ${commitment} as a text of the kind "${domain.slice(0, 30)}"`);
    }
    if (made !== commitment) this.#findings.fail('texts', place, `the text is not the one that ${commitment} was made from`);
    if (known.seen) this.#findings.fail('texts', place, `the text of ${commitment} stands a second time`);
    if (known.erased) this.#findings.fail('erasures', place, `the text of ${commitment} was erased, and yet stands here`);
    this.#of(commitment).seen = true;
  }
}

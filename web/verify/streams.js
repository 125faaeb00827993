// What devices sent: each stream's operations in a chain, signed by the stream's key. A stream has one tip, and one more
// for each copy of its device that went on by itself. What waits for a lead may be unsigned, which is told; streams of before
// devices signed were never opened, and begin anywhere.
import { fromHex, utf8 } from './bytes.js';
import { verifyEd25519 } from './hashes.js';

const kZeros = '0'.repeat(64);

const headText = ({ stream, seq, hash }) => utf8(`countersign-head1\n${stream}\n${seq}\n${hash}\n`);
const newTip = (tip) => ({ seq: 0, hash: kZeros, prev: null, unsignedFrom: null, unsignedWaits: null, ...tip });
const named = ({ stream, seq }) => `operation ${seq} of stream ${stream}`;

export class Streams {
  #findings;
  #streams = new Map();
  #checks = []; // what happened to tips since the last settle(), with promises of signatures

  constructor(findings) {
    this.#findings = findings;
  }

  open(place, stream, account, key) {
    if (this.#streams.has(stream)) {
      this.#findings.fail('streams', place, `stream ${stream} is opened a second time`);
      return;
    }
    this.#streams.set(stream, { account, keyHex: key, key: fromHex(key), tips: [], firstFork: null, forks: new Map(), noted: new Set() });
    this.#findings.counts.streams += 1;
  }

  #tipFor(stream, place, link) {
    const { tips } = stream;
    if (tips.length === 0) tips.push(newTip());
    const goesOn = tips.find((tip) => link.seq === tip.seq + 1 && (link.prev === null || link.prev === tip.hash));
    if (goesOn) return goesOn;
    const placed = tips.find((tip) => link.waits && link.seq === tip.seq + 1);
    if (placed) return placed;
    const longest = tips.reduce((a, b) => (b.seq > a.seq ? b : a));
    if (link.seq > longest.seq) {
      const problem = link.seq === longest.seq + 1 ? 'does not follow the one before it: its `prev` is another hash' : `comes where ${longest.seq + 1} was expected`;
      this.#findings.fail('streams', place, `${named(link)} ${problem}`);
      return longest;
    }
    const beside = tips.filter((tip) => tip.seq === link.seq);
    const same = beside.find((tip) => tip.hash === link.hash);
    if (same) {
      this.#findings.fail('streams', place, `${named(link)} is recorded a second time`);
      return same;
    }
    if (!link.waits && beside.length > 0 && !beside.some((tip) => tip.prev === null || link.prev === null || tip.prev === link.prev)) {
      this.#findings.fail('streams', place, `${named(link)} does not follow the one before it: its \`prev\` is another hash`);
    }
    stream.firstFork ??= link.seq;
    if (!stream.forks.has(link.seq)) stream.forks.set(link.seq, place);
    this.#findings.counts.forks += 1;
    this.#findings.fact('fork', place, `stream ${link.stream} goes on twice behind its operation ${link.seq - 1}: the device was copied, or set back to an older state`);
    const tip = newTip();
    tips.push(tip);
    return tip;
  }

  // link: { stream, seq, hash, prev, counts, waits, old }; prev is null where the operation does not say it, or says another place.
  add(place, link, actor) {
    let stream = this.#streams.get(link.stream);
    if (!stream) {
      stream = { account: null, key: null, tips: [], firstFork: null, forks: new Map(), noted: new Set() };
      if (link.old) stream.tips.push(newTip({ seq: link.seq - 1, hash: link.prev ?? kZeros }));
      else this.#findings.fail('streams', place, `stream ${link.stream} sends, but no entry before has opened it`);
      this.#streams.set(link.stream, stream);
    }
    if (stream.key && actor !== stream.account) {
      this.#findings.fail('streams', place, `${named(link)} is by ${actor}, but the stream was opened by ${stream.account}`);
    }
    const tip = this.#tipFor(stream, place, link);
    Object.assign(tip, { seq: link.seq, hash: link.hash, prev: link.prev });
    this.#checks.push({ tips: [tip], place, counts: link.counts && !(link.old && !stream.key) });
    this.#findings.done('streams');
  }

  // Below the operation that was added last.
  sign(place, link, signature) {
    const stream = this.#streams.get(link.stream);
    if (!stream?.key) {
      this.#findings.fail('signatures', place, `the key of stream ${link.stream} is not known`);
      return;
    }
    this.#findings.counts.signatures += 1;
    this.#findings.done('signatures');
    const holds = verifyEd25519(stream.keyHex, stream.key, headText(link), signature);
    this.#findings.failLater('signatures', place, holds.then((good) => (good ? '' : `the signature below ${named(link)} does not hold`)));
    this.#checks.push({ tips: stream.tips.filter((tip) => tip.seq === link.seq && tip.hash === link.hash), holds });
  }

  noteFork(stream, seq) {
    this.#streams.get(stream)?.noted.add(seq);
  }

  // Waits for signatures, and marks what they cover.
  async settle() {
    for (const { tips, place, holds, counts } of this.#checks) {
      const covers = holds !== undefined && (await holds);
      for (const tip of tips) {
        if (covers) Object.assign(tip, { unsignedFrom: null, unsignedWaits: null });
        else if (place) tip[counts ? 'unsignedFrom' : 'unsignedWaits'] ??= place;
      }
    }
    this.#checks = [];
  }

  finish() {
    for (const [name, stream] of [...this.#streams].sort(([a], [b]) => (a < b ? -1 : 1))) {
      for (const tip of stream.tips.filter((one) => one.unsignedFrom)) {
        this.#findings.fail('signatures', tip.unsignedFrom, `from here to its operation ${tip.seq}, stream ${name} has not signed what it sent`);
      }
      for (const [seq, place] of [...stream.forks].sort(([a], [b]) => a - b)) {
        if (stream.noted.size === 0 || (seq === stream.firstFork && !stream.noted.has(seq))) this.#findings.fail('streams', place, `stream ${name} has a second operation ${seq}, and no entry says that it was forked`);
      }
      for (const tip of stream.tips.filter((one) => one.unsignedWaits && !one.unsignedFrom)) {
        this.#findings.fact('unsigned', tip.unsignedWaits, `from here to its operation ${tip.seq}, stream ${name} has not signed what it sent: it counts for nothing, unless a lead has let it in`);
      }
    }
  }
}

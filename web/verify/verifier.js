// Verifies a bundle as it comes. Shares nothing with the C++ verifier but the formats (docs/verify.md), and says the same.
//
//   const verifier = new BundleVerifier({ keys, checkpoints, digestOf });
//   await verifier.feed(bytes);  ...  const report = await verifier.finish();
//
// keys: what notes.js's parseGivenKey gave; checkpoints: what parseOwnCheckpoint gave. digestOf(count): SHA-256 of the
// file's first bytes, or null where that cannot be had; the browser hashes only what is in memory whole.
import { fromHex, toHex, utf8 } from './bytes.js';
import { canonical, isObject, readCanonical } from './canonical.js';
import { commitmentOf, leafHash, operationHash } from './hashes.js';
import { kLeafChecks } from './leaf_checks.js';
import { Lines, kLineBytes } from './lines.js';
import { wrongMembers } from './members.js';
import { Findings } from './report.js';
import { Seals } from './seals.js';
import { Streams } from './streams.js';
import { Texts } from './texts.js';

const kLeafBytes = 65535;
const kBatchLines = 2000;

const kHead = { bundle: 'natural', made: 'integer', project: 'text', server: 'hex8' };
const kText = { commitment: 'hex32', domain: 'text', key: 'textKey', text: 'text' };
const kEnd = { leaves: 'integer', sha256: 'hex32' };
const kLeaf1 = { actor: 'text', at: 'integer', body: 'object', item: 'text?', op: 'hex32?', project: 'text', seq: 'natural', type: 'text', v: 'natural' };
const kLeaf2 = { ...kLeaf1, op: 'object?', sig: 'hex64?' };
const kOperation = { actor: 'text', at: 'integer', body: 'object', item: 'text?', mono_ms: 'integer', offset_ms: 'integer?', op: 'text', prev: 'hex32', project: 'text', seen: 'object?', seq: 'natural', stream: 'stream', type: 'text', v: 'natural' };
const { mono_ms: _monotonic, offset_ms: _offset, seen: _seen, ...kOldOperation } = kOperation;
const kSeen = { epoch: 'natural', root: 'hex32', size: 'natural' };

const kKinds = ['leaf', 'text', 'checkpoint', 'bundle', 'key', 'end'].map((kind) => [kind, utf8(`{"${kind}":`)]);
const kindOf = (bytes) => kKinds.find(([, begin]) => begin.every((byte, i) => bytes[i] === byte))?.[0];
const kBrace = 125;

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

// { value, wrong }: the value of canonical bytes, or why they are not.
const read = (bytes) => {
  try {
    return { value: readCanonical(decoder.decode(bytes)), wrong: '' };
  } catch (error) {
    return { value: null, wrong: error.message };
  }
};

const wrongLeaf = (leaf) => {
  if (!isObject(leaf) || !Number.isInteger(leaf.v) || leaf.v < 1) return 'it is no entry';
  return leaf.v > 2 ? `its version is ${leaf.v}; known are 1 and 2` : wrongMembers(leaf, leaf.v === 1 ? kLeaf1 : kLeaf2);
};

const wrongOperation = (op) => {
  const wrong = wrongMembers(op, op.v === 1 ? kOldOperation : kOperation);
  if (wrong) return wrong;
  if (op.v > 2) return `its version is ${op.v}; known are 1 and 2`;
  const wrongSeen = op.seen === undefined ? '' : wrongMembers(op.seen, kSeen);
  return wrongSeen && `seen: ${wrongSeen}`;
};

const typeName = (type) => (JSON.stringify(type).includes('\\') ? '' : utf8(type).length <= 100 ? type : '...');

export class BundleVerifier {
  #findings = new Findings();
  #lines = new Lines();
  #digestOf;
  #state;
  #ended = false;
  #moreBehindEnd = false;
  #endAt = null; // the end line, and how many bytes stand before it

  constructor({ keys = [], checkpoints = [], digestOf = async () => null } = {}) {
    this.#digestOf = digestOf;
    const findings = this.#findings;
    this.#state = { findings, head: null, lastSeq: 0, newestVersion: 0, seals: new Seals(findings, keys, checkpoints), streams: new Streams(findings), texts: new Texts(findings) };
  }

  get soFar() {
    return this.#findings;
  }

  async feed(piece) {
    this.#findings.counts.bytes += piece.length;
    const batch = [];
    this.#lines.feed(piece, (bytes, at) => batch.push(this.#prepare(bytes, at)));
    for (let from = 0; from < batch.length; from += kBatchLines) {
      await this.#takeAll(await Promise.all(batch.slice(from, from + kBatchLines)));
    }
  }

  async #takeAll(lines) {
    for (const line of lines) await this.#take(line);
    await this.#state.streams.settle();
    await this.#findings.settle();
  }

  // Reads the line, and has what must be hashed of it hashed: that needs nothing of the lines before.
  async #prepare(bytes, { number, offset }) {
    const kind = bytes === null ? undefined : kindOf(bytes);
    const line = { kind, number, offset, bytes };
    if (kind === 'leaf') return this.#prepareLeaf(line);
    if (kind === undefined) return line;
    Object.assign(line, read(bytes));
    if (kind === 'text' && !line.wrong) {
      line.wrong = wrongMembers(line.value, { text: 'object' }) || wrongMembers(line.value.text, kText);
      const { domain, key, text } = line.value.text;
      line.made = line.wrong ? '' : toHex(await commitmentOf(domain, fromHex(key), text));
    }
    return line;
  }

  async #prepareLeaf(line) {
    const begin = kKinds[0][1].length;
    const bytes = line.bytes.subarray(begin, line.bytes.length - (line.bytes.at(-1) === kBrace ? 1 : 0));
    const { value, wrong } = read(bytes);
    const out = { ...line, leaf: value, size: bytes.length, wrong: wrong || wrongLeaf(value) };
    const hashes = [leafHash(bytes)];
    if (!out.wrong && value.v === 2 && value.op !== undefined) {
      out.wrongOperation = wrongOperation(value.op);
      hashes.push(operationHash(utf8(canonical(value.op))));
    }
    const [hash, operation] = await Promise.all(hashes);
    return { ...out, hash, operationHashHex: operation && toHex(operation) };
  }

  async #take(line) {
    const { kind, number } = line;
    const here = { line: number };
    const findings = this.#findings;
    if (this.#ended) {
      if (!this.#moreBehindEnd && line.bytes !== null) findings.fail('file', here, 'something stands behind the end line');
      if (line.bytes === null) findings.fail('lines', here, `the line is longer than ${kLineBytes} bytes`);
      this.#moreBehindEnd ||= line.bytes !== null;
      return;
    }
    if (line.bytes === null) {
      findings.fail('lines', here, `the line is longer than ${kLineBytes} bytes`);
      return;
    }
    findings.done('lines');
    if (kind === 'end') {
      this.#takeEnd(line, here);
      return;
    }
    if (number === 1 && kind !== 'bundle') findings.fail('file', here, 'the file does not begin as a bundle does');
    if (kind === 'leaf') await this.#takeLeaf(line);
    else if (kind === undefined) findings.fail('lines', here, 'is no line of a bundle');
    else await this.#takeOther(line, here);
  }

  async #takeOther({ kind, number, value, wrong, made }, here) {
    const state = this.#state;
    if (kind === 'bundle' && number !== 1) {
      state.findings.fail('lines', here, 'a second beginning of a bundle');
      return;
    }
    const shapes = { bundle: kHead, key: { key: 'text' }, checkpoint: { checkpoint: 'text' }, text: { text: 'object' } };
    let problem = wrong || wrongMembers(value, shapes[kind]);
    if (!problem && kind === 'bundle' && value.bundle !== 1) problem = `the format is version ${value.bundle}; this page knows 1`;
    if (problem) {
      state.findings.fail('lines', here, `the line cannot be read: ${problem}`);
    } else if (kind === 'bundle') {
      state.head = value;
      Object.assign(state.findings.about, { project: value.project, server: value.server, made: value.made });
      await state.seals.begin(here, value);
    } else if (kind === 'key') {
      await state.seals.addKey(here, value.key);
    } else if (kind === 'checkpoint') {
      await state.seals.addCheckpoint(number, value.checkpoint);
    } else {
      state.texts.add(here, value.text, made);
    }
  }

  async #takeLeaf({ leaf, size, wrong, wrongOperation: wrongOp, hash, operationHashHex, number }) {
    const state = this.#state;
    const { findings } = state;
    findings.counts.leaves += 1;
    findings.done('leaves');
    const place = { leaf: state.lastSeq + 1, line: number };
    if (size > kLeafBytes) findings.fail('leaves', { ...place }, `the entry has ${size} bytes; at most ${kLeafBytes} are allowed`);
    if (wrong) {
      findings.fail('leaves', place, `the entry cannot be read: ${wrong}`);
      state.lastSeq += 1;
      await state.seals.addLeaf(hash);
      return;
    }
    place.leaf = leaf.seq;
    findings.countType(typeName(leaf.type));
    if (findings.counts.leaves === 1) findings.about.first_at = leaf.at;
    findings.about.last_at = leaf.at;
    if (leaf.v === 2 && leaf.op !== undefined) {
      findings.done('operations');
      findings.counts.operations += 1;
      if (wrongOp && leaf.type !== 'operation_quarantined') findings.fail('operations', place, `the operation in the entry cannot be read: ${wrongOp}`);
    }
    const operation = wrongOp === '' ? leaf.op : null;
    for (const check of kLeafChecks) await check({ leaf, operation, operationHashHex, place, state });
    await state.seals.addLeaf(hash);
  }

  #takeEnd({ value, wrong, offset }, here) {
    this.#ended = true;
    this.#findings.done('file');
    const problem = wrong || wrongMembers(value, { end: 'object' }) || wrongMembers(value.end, kEnd);
    if (problem) {
      this.#findings.fail('lines', here, `the line cannot be read: ${problem}`);
      return;
    }
    const { leaves } = this.#findings.counts;
    if (value.end.leaves !== leaves) this.#findings.fail('file', here, `the end line speaks of ${value.end.leaves} entries; there are ${leaves}`);
    this.#endAt = { sha256: value.end.sha256, offset, here };
  }

  async #checkBytes() {
    const digest = await this.#digestOf(this.#endAt.offset);
    if (digest === null) {
      this.#findings.cannot('file', 'The file is too large for this browser to hash whole: that its bytes are those of its end line was not looked at here. The command line does: countersign verify.');
    } else if (toHex(digest) !== this.#endAt.sha256) {
      this.#findings.fail('file', this.#endAt.here, 'the bytes before the end line are not those that it was made for');
    }
  }

  async finish() {
    const { findings, streams, seals, head } = this.#state;
    const lines = this.#lines.number;
    if (this.#endAt) await this.#checkBytes();
    if (this.#lines.isWithinLine) findings.fail('file', { line: lines + 1 }, 'the file ends within a line');
    if (!this.#ended) findings.fail('file', { line: lines }, 'there is no end line: the file is not whole');
    if (head === null) findings.fail('file', { line: Math.min(lines, 1) }, 'nothing says whose log this is');
    findings.counts.lines = lines;
    streams.finish();
    await seals.finish();
    await findings.settle();
    return findings.report();
  }
}

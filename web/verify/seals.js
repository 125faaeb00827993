// What the server says about its log: keys, checkpoints with their roots and signatures, epochs; and the checkpoints that
// somebody had before, or a device.
import { equal, fromHex } from './bytes.js';
import { epochNumber, noteKey, parseCheckpoint, parseNote, parseOrigin, parseVkey, wrongSignature } from './notes.js';
import { wrongMembers } from './members.js';
import { sha256 } from './hashes.js';
import { Tree } from './tree.js';

const kEpoch = { continues: 'object?', epoch: 'text' };
const kContinues = { origin: 'text', root: 'hex32', size: 'integer' };

const orError = (read) => {
  try {
    return { value: read(), error: '' };
  } catch (error) {
    return { value: null, error: error.message };
  }
};

export class Seals {
  #findings;
  #trusted; // [{ key, hex, name }]
  #own; // [{ source, note, checkpoint, origin }]
  #head = null;
  #bundled = [];
  #tree = new Tree();
  #waiting = []; // hashes of leaves that are not in the tree yet
  #empty = null;
  #epoch = null;
  #told = []; // { epoch, size, root } of trees that were signed, or that a new epoch goes on from; ascending
  #last = null; // the newest checkpoint
  #lastGoodSize = 0;

  constructor(findings, trusted, own) {
    this.#findings = findings;
    this.#trusted = trusted;
    this.#own = own;
  }

  get size() {
    return this.#tree.size + this.#waiting.length;
  }

  async #root() {
    await this.#tree.add(this.#waiting.splice(0));
    this.#empty ??= await sha256(new Uint8Array(0));
    return this.#tree.root(this.#empty);
  }

  #wrongHome({ server, project }) {
    if (this.#head === null) return 'the bundle does not say whose log it is';
    if (server !== this.#head.server) return `it is of server ${server}, the bundle of ${this.#head.server}`;
    return project === this.#head.project ? '' : `it is of project ${project}, the bundle of ${this.#head.project}`;
  }

  // Why this is no origin of this log, or nothing.
  #wrongOrigin(text) {
    const { value, error } = orError(() => parseOrigin(text));
    return value === null ? error : this.#wrongHome(value);
  }

  #keysFor(origin) {
    const keys = this.#trusted.length > 0 ? this.#trusted : this.#bundled;
    return Promise.all(keys.map(({ key }) => noteKey(origin, key)));
  }

  async begin(place, head) {
    this.#head = head;
    this.#findings.about.key = this.#trusted.length > 0 ? 'given' : 'none';
    for (const { name } of this.#trusted) {
      const { value } = orError(() => parseOrigin(name));
      if (value !== null && value.server !== head.server) this.#findings.fail('keys', place, `the key that you gave is of server ${value.server}, the bundle of ${head.server}`);
    }
    await this.#compareOwn();
  }

  async addKey(place, vkey) {
    this.#findings.done('keys');
    let key;
    try {
      key = await parseVkey(vkey);
    } catch (error) {
      this.#findings.fail('keys', place, error.message);
      return;
    }
    const wrong = this.#wrongOrigin(key.name);
    if (wrong) {
      this.#findings.fail('keys', place, `the key cannot sign for this log: ${wrong}`);
    } else if (this.#bundled.some((one) => one.name === key.name && one.hex === key.hex)) {
      this.#findings.fail('keys', place, 'the key stands here a second time');
    } else {
      if (this.#trusted.length === 0) this.#findings.about.key = 'bundle';
      else if (!this.#trusted.some((one) => one.hex === key.hex)) this.#findings.fail('keys', place, 'the bundle names a key of the server that is not the one you gave');
      this.#bundled.push(key);
    }
  }

  async #compareOwn() {
    for (const { source, checkpoint } of this.#own.filter((one) => one.checkpoint.size === this.size)) {
      this.#findings.done('own_checkpoints');
      if (!equal(checkpoint.root, await this.#root())) {
        this.#findings.fail('own_checkpoints', { leaf: this.size }, `the checkpoint in ${source} was made over other entries: the log was rewritten, or is another`);
      }
    }
  }

  async addLeaf(hash) {
    this.#waiting.push(hash);
    if (this.#own.length > 0) await this.#compareOwn();
  }

  async #checkContinues(place, continues, number) {
    if (continues === undefined) {
      if (this.size > 0) this.#findings.fail('epochs', place, 'the new epoch does not say what it continues');
      return;
    }
    const wrong = wrongMembers(continues, kContinues);
    if (wrong) {
      this.#findings.fail('epochs', place, `what the new epoch continues cannot be read: ${wrong}`);
      return;
    }
    if (continues.size !== this.size) {
      this.#findings.fail('epochs', place, `the new epoch says that it continues ${continues.size} entries, but ${this.size} stand before it`);
    } else if (!equal(fromHex(continues.root), await this.#root())) {
      this.#findings.fail('epochs', place, 'the new epoch says that it continues another log: the root is not that of the entries before it');
    }
    const elsewhere = this.#wrongOrigin(continues.origin);
    if (elsewhere) {
      this.#findings.fail('epochs', place, `the new epoch continues a log that is not this: ${elsewhere}`);
      return;
    }
    const { epoch } = parseOrigin(continues.origin);
    if (this.#epoch === null ? epoch >= number : epoch !== this.#epoch) {
      this.#findings.fail('epochs', place, `the new epoch ${number} says that it continues epoch ${epoch}`);
    }
  }

  #remember(told) {
    const last = this.#told.at(-1);
    if (last === undefined || last.epoch < told.epoch || (last.epoch === told.epoch && last.size < told.size)) this.#told.push(told);
  }

  // Before the entry itself is added: the device was shown this log, no other.
  checkSeen(place, { epoch: number, root, size }) {
    const epoch = BigInt(number);
    this.#findings.done('seen');
    const isBefore = (one) => one.epoch < epoch || (one.epoch === epoch && one.size < size);
    let [from, to] = [0, this.#told.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      [from, to] = isBefore(this.#told[middle]) ? [middle + 1, to] : [from, middle];
    }
    const found = this.#told[from];
    if (found?.epoch === epoch && found.size === size) {
      if (!equal(found.root, fromHex(root))) this.#findings.fail('seen', place, `the device had seen another log of ${size} entries: the server has shown it another history, or the device says what is not so`);
    } else if (this.#epoch !== null && epoch < this.#epoch && found?.epoch !== epoch) {
      this.#findings.fact('lost', place, `the device had seen ${size} entries in epoch ${epoch}, which this log has not: they were lost when the server was put back to a backup`);
    } else {
      this.#findings.fail('seen', place, `the device had seen a checkpoint over ${size} entries in epoch ${epoch} that is not among those before this entry`);
    }
  }

  // Before the entry itself is added.
  async startEpoch(place, body) {
    this.#findings.done('epochs');
    const wrong = wrongMembers(body, kEpoch, true);
    const number = wrong ? null : epochNumber(body.epoch);
    if (number === null) {
      this.#findings.fail('epochs', place, `the new epoch cannot be read: ${wrong || 'epoch must be a number, "-" and 16 hex digits'}`);
      return;
    }
    if (this.#epoch !== null && number <= this.#epoch) this.#findings.fail('epochs', place, `epoch ${number} follows epoch ${this.#epoch}`);
    await this.#checkContinues(place, body.continues, number);
    const continued = orError(() => parseOrigin(body.continues.origin)).value;
    const before = this.#epoch ?? continued?.epoch ?? 0;
    if (before > 0) this.#remember({ epoch: before, size: this.size, root: await this.#root() });
    this.#epoch = number;
    this.#findings.counts.epochs += 1;
    this.#findings.fact('epoch', place, `epoch ${number} begins here, behind ${this.size} entries: the server was set up anew or restored from a backup`);
  }

  #checkEpoch(place, { epoch }) {
    if (this.#epoch === null) {
      this.#epoch = epoch;
      this.#findings.counts.epochs += 1;
    } else if (epoch !== this.#epoch) {
      this.#findings.fail('epochs', place, `the checkpoint is of epoch ${epoch}, but the log is in epoch ${this.#epoch}`);
    }
  }

  #checkOrder(place, { size, root }) {
    const fail = (sentence) => this.#findings.fail('checkpoints', place, sentence);
    if (this.#last !== null && size === this.#last.size) {
      fail(equal(root, this.#last.root) ? `a second checkpoint of ${size} entries` : `a second checkpoint of ${size} entries with another root: the server has signed two histories`);
    } else if (this.#last !== null && size < this.#last.size) {
      fail(`the checkpoint of ${size} entries comes behind one of ${this.#last.size}`);
    } else if (size !== this.size) {
      fail(`the checkpoint of ${size} entries stands behind entry ${this.size}`);
    }
    this.#last = { size, root };
  }

  async #checkRoot(place, { size, root }) {
    if (size !== this.size) return;
    this.#findings.done('roots');
    if (equal(root, await this.#root())) {
      this.#lastGoodSize = size;
      return;
    }
    const held = this.#lastGoodSize;
    this.#findings.fail('roots', place, held === size ? `the root is not that of entries 1 to ${size}; another checkpoint has that`
      : `among entries ${held + 1} to ${size} is one that is not what this checkpoint was made over${held > 0 ? ` (it held up to entry ${held})` : ''}`);
  }

  async #checkSignature(place, note, origin) {
    const keys = await this.#keysFor(origin);
    if (keys.length === 0) {
      this.#findings.fail('seals', place, 'no key of the server is known: none was given, and none stands before this checkpoint');
      return;
    }
    this.#findings.done('seals');
    const wrong = wrongSignature(note, keys);
    this.#findings.failLater('seals', place, wrong.then((why) => (why ? `the checkpoint is not signed by the server: ${why}` : '')));
  }

  async addCheckpoint(line, text) {
    this.#findings.counts.checkpoints += 1;
    this.#findings.done('checkpoints');
    const place = { leaf: this.size, line };
    const read = orError(() => {
      const note = parseNote(text);
      const checkpoint = parseCheckpoint(note.text);
      return { note, checkpoint, origin: parseOrigin(checkpoint.origin) };
    });
    if (read.value === null) {
      this.#findings.fail('checkpoints', place, `the checkpoint cannot be read: ${read.error}`);
      return;
    }
    const { note, checkpoint, origin } = read.value;
    const wrong = this.#wrongHome(origin);
    if (wrong) {
      this.#findings.fail('checkpoints', place, `the checkpoint is not of this log: ${wrong}`);
      return;
    }
    this.#checkEpoch(place, origin);
    this.#checkOrder(place, checkpoint);
    if (checkpoint.size === this.size) this.#remember({ epoch: origin.epoch, size: this.size, root: await this.#root() });
    await this.#checkRoot(place, checkpoint);
    await this.#checkSignature(place, note, checkpoint.origin);
  }

  async finish() {
    const covered = this.#last?.size ?? 0;
    if (covered < this.size || this.#last === null) {
      this.#findings.fail('checkpoints', { leaf: covered + 1 }, this.#last === null ? 'there is no checkpoint: nothing is signed by the server' : `no checkpoint covers entries ${covered + 1} to ${this.size}`);
    }
    for (const { source, note, checkpoint, origin } of this.#own) {
      const elsewhere = this.#wrongHome(origin);
      const wrong = elsewhere ? '' : await wrongSignature(note, await this.#keysFor(checkpoint.origin));
      if (elsewhere) {
        this.#findings.fail('own_checkpoints', {}, `the checkpoint in ${source} is not of this log: ${elsewhere}`);
      } else if (wrong) {
        this.#findings.fail('own_checkpoints', {}, `the checkpoint in ${source} is not signed by the server: ${wrong}`);
      } else if (checkpoint.size > this.size) {
        this.#findings.done('own_checkpoints');
        this.#findings.fail('own_checkpoints', { leaf: this.size + 1 }, `the checkpoint in ${source} covers ${checkpoint.size} entries, the bundle has ${this.size}: the rest was cut off, or the bundle is older`);
      }
    }
  }
}

// Lines out of pieces of a file, as bytes. A line beyond the limit is passed over to its end.
import { join } from './bytes.js';

export const kLineBytes = 8 << 20;
const kNewline = 10;

export class Lines {
  number = 0;
  offset = 0; // of the next line in the file
  #rest = [];
  #held = 0;
  #tooLong = false;

  // Calls take(bytes, { number, offset }) for each whole line; bytes is null for one that is too long.
  feed(piece, take) {
    let from = 0;
    for (let end = piece.indexOf(kNewline); end >= 0; end = piece.indexOf(kNewline, from)) {
      this.#hold(piece.subarray(from, end));
      const bytes = this.#tooLong ? null : this.#rest.length === 1 ? this.#rest[0] : join(...this.#rest);
      this.number += 1;
      take(bytes, { number: this.number, offset: this.offset });
      this.offset += this.#held + 1;
      this.#rest = [];
      this.#held = 0;
      this.#tooLong = false;
      from = end + 1;
    }
    this.#hold(piece.subarray(from));
  }

  #hold(bytes) {
    this.#held += bytes.length;
    if (this.#held > kLineBytes) {
      this.#tooLong = true;
      this.#rest = [];
    }
    if (!this.#tooLong) this.#rest.push(bytes);
  }

  get isWithinLine() {
    return this.#held > 0;
  }
}

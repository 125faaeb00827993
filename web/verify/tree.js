// The right edge of the Merkle tree (RFC 9162, 2.1): one hash for each binary digit of the size. Leaves are added many at
// a time, level by level, so that the browser hashes a whole level at once.
import { nodeHash } from './hashes.js';

export class Tree {
  size = 0;
  #edge = []; // by level; undefined where the digit is 0

  async add(leafHashes) {
    this.size += leafHashes.length;
    let row = leafHashes;
    for (let level = 0; row.length > 0; level += 1) {
      if (this.#edge[level] !== undefined) row = [this.#edge[level], ...row];
      this.#edge[level] = row.length % 2 === 1 ? row.at(-1) : undefined;
      const pairs = row.length >> 1;
      row = await Promise.all(Array.from({ length: pairs }, (_, i) => nodeHash(row[2 * i], row[2 * i + 1])));
    }
  }

  // Of the empty tree it is SHA-256 of nothing, which no bundle asks for: `empty` is what to give then.
  async root(empty) {
    const hashes = this.#edge.filter((hash) => hash !== undefined);
    if (hashes.length === 0) return empty;
    let out = hashes[0];
    for (const larger of hashes.slice(1)) out = await nodeHash(larger, out);
    return out;
  }
}

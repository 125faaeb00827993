// A file as blocks in memory, for browsers without a private file system. What is synced is staged as copies, so that
// what goes to IndexedDB is the state of a finished transaction even when the next one has begun.

export const kBlockBytes = 65536;

export class BlockFile {
  #blocks = new Map(); // index to Uint8Array of kBlockBytes
  #dirty = new Set();
  size = 0;
  stagedSize = null;
  staged = new Map();

  load(index, bytes) {
    this.#blocks.set(index, bytes);
  }

  read(view, at) {
    const count = Math.max(0, Math.min(view.length, this.size - at));
    this.#each(at, count, (index, from, length, done) => {
      const block = this.#blocks.get(index);
      if (block) view.set(block.subarray(from, from + length), done);
      else view.fill(0, done, done + length);
    });
    return count;
  }

  write(view, at) {
    this.#each(at, view.length, (index, from, length, done) => {
      let block = this.#blocks.get(index);
      if (!block) this.#blocks.set(index, (block = new Uint8Array(kBlockBytes)));
      block.set(view.subarray(done, done + length), from);
      this.#dirty.add(index);
    });
    this.size = Math.max(this.size, at + view.length);
    return view.length;
  }

  truncate(size) {
    if (size < this.size) {
      const kept = Math.ceil(size / kBlockBytes);
      for (const index of [...this.#blocks.keys()]) {
        if (index < kept) continue;
        this.#blocks.delete(index);
        this.#dirty.add(index);
      }
      // Bytes behind the end must read as zero when the file grows again.
      const last = this.#blocks.get(kept - 1);
      if (last && size % kBlockBytes !== 0) {
        last.fill(0, size % kBlockBytes);
        this.#dirty.add(kept - 1);
      }
    }
    this.size = size;
  }

  // Copies what changed since the last call; a block that went away is null.
  stage() {
    for (const index of this.#dirty) this.staged.set(index, this.#blocks.get(index)?.slice() ?? null);
    this.#dirty.clear();
    this.stagedSize = this.size;
  }

  takeStaged() {
    const taken = { size: this.stagedSize, blocks: this.staged };
    this.staged = new Map();
    this.stagedSize = null;
    return taken;
  }

  #each(at, count, visit) {
    for (let done = 0; done < count; ) {
      const index = Math.floor((at + done) / kBlockBytes);
      const from = (at + done) % kBlockBytes;
      const length = Math.min(count - done, kBlockBytes - from);
      visit(index, from, length, done);
      done += length;
    }
  }
}

// All three files in memory. Kept by nobody: the last resort, and what IndexedDB's files build on.
export class MemoryFiles {
  kind = 'memory';
  lastError = null;
  files;

  constructor(files) {
    this.files = files;
  }

  read(slot, view, at) {
    return this.files[slot].read(view, at);
  }

  write(slot, view, at) {
    return this.files[slot].write(view, at);
  }

  truncate(slot, size) {
    this.files[slot].truncate(size);
    return 0;
  }

  flush() {
    return 0;
  }

  size(slot) {
    return this.files[slot].size;
  }

  commit() {
    return null;
  }

  close() {}
}

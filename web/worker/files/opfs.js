// The store's files in the origin's private file system, through synchronous access handles: what the store says it
// wrote is in the operating system's hands, and what it synced is on the disk.
//
// One worker at a time: a second one's handles are refused (NoModificationAllowedError). After a reload the old page's
// worker may hold them for a moment longer, so that opening tries for a while.

import { kFileNames, refusalOf, kRefused } from './names.js';

const kFolder = 'countersign';
const kPatienceMs = 4000;
const kPauseMs = 40;

const pause = (ms) => new Promise((done) => setTimeout(done, ms));

const openHandle = async (folder, name, deadline) => {
  const file = await folder.getFileHandle(name, { create: true });
  for (;;) {
    try {
      return await file.createSyncAccessHandle();
    } catch (error) {
      if (error.name !== 'NoModificationAllowedError' || performance.now() > deadline) throw error;
    }
    await pause(kPauseMs);
  }
};

export const openOpfsFiles = async () => {
  const root = await navigator.storage.getDirectory();
  const folder = await root.getDirectoryHandle(kFolder, { create: true });
  const deadline = performance.now() + kPatienceMs;
  const handles = [];
  try {
    for (const name of kFileNames) handles.push(await openHandle(folder, name, deadline));
  } catch (error) {
    for (const handle of handles) handle.close();
    throw error;
  }
  return new OpfsFiles(handles);
};

class OpfsFiles {
  kind = 'file';
  lastError = null;
  #handles;

  constructor(handles) {
    this.#handles = handles;
  }

  read(slot, view, at) {
    return this.#guarded(() => this.#handles[slot].read(view, { at }));
  }

  write(slot, view, at) {
    return this.#guarded(() => this.#handles[slot].write(view, { at }));
  }

  truncate(slot, size) {
    return this.#guarded(() => (this.#handles[slot].truncate(size), 0));
  }

  flush(slot) {
    return this.#guarded(() => (this.#handles[slot].flush(), 0));
  }

  size(slot) {
    return this.#guarded(() => this.#handles[slot].getSize());
  }

  // Nothing waits: a write that returned is written.
  commit() {
    return null;
  }

  close() {
    for (const handle of this.#handles) handle.close();
    this.#handles = [];
  }

  #guarded(call) {
    if (this.#handles.length === 0) return kRefused;
    try {
      return call();
    } catch (error) {
      this.lastError = error;
      return refusalOf(error);
    }
  }
}

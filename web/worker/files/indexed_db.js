// The store's files as blocks in IndexedDB: for origins on plain http, where there is no private file system. The whole
// database is in memory; what SQLite synced goes out in one strict transaction, and nothing leaves the worker (no
// request, no message to the page) before that transaction is complete.
//
// Two tabs: each opening raises a generation number that every transaction checks. A tab that was overtaken cannot
// write any more; it learns so with `overtaken`.

import { BlockFile, MemoryFiles } from './blocks.js';
import { kFileNames } from './names.js';

const kDatabase = 'countersign';

const finished = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

const completed = (transaction) =>
  new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error ?? new DOMException('the transaction was aborted', 'AbortError'));
  });

const openDatabase = () => {
  const request = indexedDB.open(kDatabase, 1);
  request.onupgradeneeded = () => {
    request.result.createObjectStore('block'); // [slot, index] to bytes
    request.result.createObjectStore('size'); // slot to bytes
    request.result.createObjectStore('generation'); // 0 to number
  };
  return finished(request);
};

const loadFile = async (transaction, slot) => {
  const file = new BlockFile();
  file.size = (await finished(transaction.objectStore('size').get(slot))) ?? 0;
  const range = IDBKeyRange.bound([slot, 0], [slot, Infinity]);
  const blocks = transaction.objectStore('block');
  const keys = await finished(blocks.getAllKeys(range));
  const values = await finished(blocks.getAll(range));
  keys.forEach(([, index], i) => file.load(index, values[i]));
  return file;
};

export const openIndexedDbFiles = async () => {
  const database = await openDatabase();
  const transaction = database.transaction(['block', 'size', 'generation'], 'readwrite', { durability: 'strict' });
  const done = completed(transaction);
  const store = transaction.objectStore('generation');
  const generation = ((await finished(store.get(0))) ?? 0) + 1;
  store.put(generation, 0);
  const files = [];
  for (let slot = 0; slot < kFileNames.length; slot += 1) files.push(await loadFile(transaction, slot));
  await done;
  return new IndexedDbFiles(database, generation, files);
};

class IndexedDbFiles extends MemoryFiles {
  kind = 'indexed_db';
  #database;
  #generation;
  #staged = false;

  constructor(database, generation, files) {
    super(files);
    this.#database = database;
    this.#generation = generation;
  }

  flush(slot) {
    this.files[slot].stage();
    this.#staged = true;
    return 0;
  }

  // A promise of the transaction that holds everything synced so far, or null when there is nothing new.
  commit() {
    if (!this.#staged) return null;
    this.#staged = false;
    return this.#write(this.files.map((file) => file.takeStaged()));
  }

  close() {
    this.#database.close();
  }

  async #write(files) {
    const transaction = this.#database.transaction(['block', 'size', 'generation'], 'readwrite', { durability: 'strict' });
    const done = completed(transaction);
    const generation = await finished(transaction.objectStore('generation').get(0));
    if (generation !== this.#generation) {
      transaction.abort();
      await done.catch(() => {});
      throw Object.assign(new Error('another tab has opened the store'), { overtaken: true });
    }
    const blocks = transaction.objectStore('block');
    files.forEach(({ size, blocks: changed }, slot) => {
      if (size === null) return;
      transaction.objectStore('size').put(size, slot);
      for (const [index, bytes] of changed) {
        if (bytes) blocks.put(bytes, [slot, index]);
        else blocks.delete([slot, index]);
      }
    });
    await done;
  }
}

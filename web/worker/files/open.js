// Opens the store's files where this browser lets us: its private file system, else IndexedDB, else memory.
//
// Going on to the next is right only when the browser says that this kind of storage is not for us. Any other failure
// (a store held elsewhere, a disk that does not answer) is an error to show: an empty second store would look like
// lost work.

import { BlockFile, MemoryFiles } from './blocks.js';
import { openIndexedDbFiles } from './indexed_db.js';
import { kFileNames } from './names.js';
import { openOpfsFiles } from './opfs.js';

const kNotForUs = new Set(['SecurityError', 'NotSupportedError', 'InvalidStateError']);

const hasPrivateFileSystem = () =>
  typeof navigator.storage?.getDirectory === 'function' && typeof FileSystemSyncAccessHandle === 'function';

const openMemoryFiles = () => new MemoryFiles(kFileNames.map(() => new BlockFile()));

// Errors carry a code of web/page/sentences.js.
const attempt = async (open) => {
  try {
    return await open();
  } catch (error) {
    if (kNotForUs.has(error?.name)) return null;
    const code = error?.name === 'NoModificationAllowedError' ? 'store-busy' : 'store-refused';
    throw Object.assign(new Error(`${error?.name}: ${error?.message}`), { code });
  }
};

export const openFiles = async () =>
  (hasPrivateFileSystem() && (await attempt(openOpfsFiles))) ||
  (typeof indexedDB === 'object' && indexedDB !== null && (await attempt(openIndexedDbFiles))) ||
  openMemoryFiles();

// The store's files by slot, as web/store/device_vfs.cpp numbers them.
export const kFileNames = ['countersign.db', 'countersign.db-journal', 'countersign.db-wal'];

// What the VFS is answered when a call did not work (web/platform/imports.h).
export const kOutOfSpace = -1;
export const kRefused = -2;

export const refusalOf = (error) => (error?.name === 'QuotaExceededError' ? kOutOfSpace : kRefused);

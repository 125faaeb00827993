#pragma once
// SQLite's operating system in the browser: a fixed set of files that the worker opened before the module started
// (web/worker/files/), read and written synchronously. There is no other file system, so that anything but these
// names cannot be opened.
//
// One process, one connection: locks do nothing, shared memory does not exist, and the connection must be exclusive.
// Which of several tabs may be that process is settled before (web/worker/holder.js).
//
// What a write-ahead log asks of files holds for each kind of storage: what is synced is kept, in the order of the
// syncs (files: the browser's flush; IndexedDB: staged blocks, one transaction after each call into the module).

#include "core/store/sqlite.h"

namespace countersign::web {

// Makes the VFS SQLite's default one. Call once, before the first sqlite3_open.
void register_device_vfs();

// How the device's store is opened: its name, exclusively.
store::OpenOptions device_store();

}  // namespace countersign::web

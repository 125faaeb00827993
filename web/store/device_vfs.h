#pragma once
// SQLite's operating system in the browser: a fixed set of files that the worker opened before the module started
// (web/worker/files/), read and written synchronously. There is no other file system, so that anything but these
// names cannot be opened.
//
// One process, one connection: locks do nothing, shared memory does not exist. A connection must therefore say
// `PRAGMA locking_mode=exclusive` before it turns on the write-ahead log; opening_pragmas() has the right order.
// Which of several tabs may be that process is settled before (web/worker/holder.js).

#include <string_view>

#include "shell/platform/storage.h"

namespace countersign::web {

inline constexpr const char* kDatabaseName = "countersign.db";

// Makes the VFS SQLite's default one. Call once, before the first sqlite3_open.
void register_device_vfs();

// What a fresh connection runs first, and nothing before it. Files: a write-ahead log, synced at each commit.
// IndexedDB: its transaction is the commit, so SQLite keeps its journal in memory; the sync still marks the moment.
std::string_view opening_pragmas(shell::StorageKind kind);

}  // namespace countersign::web

#pragma once
// Makes sure of what a store holds before anybody is told of it.
//
// A process that was killed may have written what it never synced. The next one reads it from the system's cache as if
// it were there, and would answer by it ("saved: it is in the log"), and a power cut would take it away. So whoever
// opens a store to write first has the log synced and copied into the store's file, and that synced, and the log
// emptied, and that synced, too. (What a cache holds that a failed sync has forgotten is the platform's matter:
// native/server/data_folder.h.)
//
// Errors: corrupt when the log is damaged before something that was acknowledged (log_scan.h); disk_failed. A full disk
// is none: the log is synced by then, and stays where it is.

#include "core/base/result.h"
#include "core/store/sqlite.h"

namespace countersign::store {

Status settle(Database& database);

}  // namespace countersign::store

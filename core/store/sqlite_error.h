#pragma once
// SQLite's result codes as our errors: what failed, in words, and what to do about it. Not for use outside this folder.
//
//   exhausted       the disk is full; nothing of the transaction is there, and it can be tried again
//   disk_failed     a call to the disk was refused: after a refused write or sync nobody knows what the disk has
//   corrupt         the file is no store, or no longer a whole one
//   unavailable     somebody else holds the store, too many files are open, or there is not enough memory
//   not_found, forbidden   the file, or the right to open or write it
//   already_exists  a unique key
//   internal        anything else, with SQLite's own words

#include <string_view>

#include "core/base/error.h"

struct sqlite3;

namespace countersign::store {

// `code` may be an extended one; `system_error` is the errno behind it, 0 when there is none.
Error store_error(int code, std::string_view message, int system_error);
// The connection's last failure.
Error last_failure(sqlite3* handle);

// A call to the disk was refused, whatever was to be done with it. Not a full disk, and not missing memory.
bool is_disk_failure(int code);

}  // namespace countersign::store

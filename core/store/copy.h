#pragma once
// A store copied while others read and write it (SQLite's online backup): the copy is the store as of one moment.
//
// Contract: `to` is open, empty or overwritten, and in no transaction. Errors: unavailable when stopped by `go_on`; of
// the stores.

#include <functional>

#include "core/store/sqlite.h"

namespace countersign::store {

struct CopyProgress {
    int64_t pages_done = 0;
    int64_t pages = 0;
};

// `go_on` is asked after each step of some MB; false stops the copy.
Status copy_store(Database& from, Database& to, const std::function<bool(const CopyProgress&)>& go_on);

}  // namespace countersign::store

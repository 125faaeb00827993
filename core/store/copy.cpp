#include "core/store/copy.h"

#include <sqlite3.h>

#include "core/store/sqlite_error.h"

namespace countersign::store {

namespace {

constexpr int kStep_pages = 2'000;

}  // namespace

Status copy_store(Database& from, Database& to, const std::function<bool(const CopyProgress&)>& go_on) {
    sqlite3_backup* backup = sqlite3_backup_init(to.handle(), "main", from.handle(), "main");
    if (backup == nullptr) {
        return last_failure(to.handle());
    }
    bool stopped = false;
    int code = SQLITE_OK;
    do {
        code = sqlite3_backup_step(backup, kStep_pages);
        const int64_t pages = sqlite3_backup_pagecount(backup);
        stopped = !go_on({pages - sqlite3_backup_remaining(backup), pages});
    } while (!stopped && (code == SQLITE_OK || code == SQLITE_BUSY || code == SQLITE_LOCKED));
    const bool whole = code == SQLITE_DONE;
    const int finished = sqlite3_backup_finish(backup);
    if (stopped && !whole) {
        return fail(ErrorCode::unavailable, "the copy was stopped");
    }
    return whole && finished == SQLITE_OK ? success() : Status(last_failure(to.handle()));
}

}  // namespace countersign::store

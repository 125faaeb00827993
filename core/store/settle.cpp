#include "core/store/settle.h"

#include <algorithm>

#include <sqlite3.h>

#include "core/base/concat.h"
#include "core/store/log_scan.h"
#include "core/store/sqlite_error.h"

namespace countersign::store {

namespace {

constexpr sqlite3_int64 kPiece_bytes = 65'536;

// The log's file, as SQLite opened it.
class LogFile {
public:
    static Result<LogFile> of(Database& database) {
        LogFile out;
        sqlite3_file_control(database.handle(), "main", SQLITE_FCNTL_VFS_POINTER, static_cast<void*>(&out.vfs_));
        sqlite3_file_control(database.handle(), "main", SQLITE_FCNTL_JOURNAL_POINTER, static_cast<void*>(&out.file_));
        CS_CHECK(out.file_ != nullptr && out.file_->pMethods != nullptr);
        CS_TRY_STATUS(out.checked(out.file_->pMethods->xFileSize(out.file_, &out.size_bytes_)));
        return out;
    }

    sqlite3_int64 size_bytes() const { return size_bytes_; }

    Result<std::string> read(sqlite3_int64 at) {
        std::string out(static_cast<size_t>(std::min(kPiece_bytes, size_bytes_ - at)), '\0');
        CS_TRY_STATUS(checked(file_->pMethods->xRead(file_, out.data(), static_cast<int>(out.size()), at)));
        return out;
    }

    Status sync() const { return checked(file_->pMethods->xSync(file_, SQLITE_SYNC_NORMAL)); }

private:
    Status checked(int code) const {
        if (code == SQLITE_OK) {
            return success();
        }
        return store_error(code, "its log", vfs_->xGetLastError == nullptr ? 0 : vfs_->xGetLastError(vfs_, 0, nullptr));
    }

    sqlite3_vfs* vfs_ = nullptr;
    sqlite3_file* file_ = nullptr;
    sqlite3_int64 size_bytes_ = 0;
};

Result<bool> has_log(Database& database) {
    Statement mode = CS_TRY(database.prepare("PRAGMA journal_mode"));
    CS_TRY(mode.step());
    return mode.text(0) == "wal";
}

Status check_log(LogFile& log) {
    LogScan scan;
    for (sqlite3_int64 at = 0; at < log.size_bytes(); at += kPiece_bytes) {
        scan.take(CS_TRY(log.read(at)));
    }
    if (const auto frame = scan.damaged_frame()) {
        return fail(ErrorCode::corrupt,
                    concat("the store's log is damaged at its frame ", *frame,
                           ", and what was acknowledged after it would be lost; put a copy of the store in its place"));
    }
    return success();
}

}  // namespace

Status settle(Database& database) {
    if (!CS_TRY(has_log(database))) {
        return success();  // in memory
    }
    Transaction alone(database);
    CS_TRY_STATUS(alone.begin());  // opens the log; nobody else writes meanwhile
    LogFile log = CS_TRY(LogFile::of(database));
    if (log.size_bytes() == 0) {
        return success();
    }
    Status whole = check_log(log);
    if (!whole.ok()) {
        // Closing would copy the part before the damage and remove the log with the rest.
        sqlite3_db_config(database.handle(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
        return whole;
    }
    CS_TRY_STATUS(alone.commit());
    Status copied = database.execute("PRAGMA wal_checkpoint(TRUNCATE)");
    if (!copied.ok()) {
        return copied.error().code == ErrorCode::exhausted ? success() : copied;
    }
    // That it is empty, too: an old log that comes back is copied again, over what is newer.
    return log.sync();
}

}  // namespace countersign::store

#include "core/store/sqlite_error.h"

#include <cerrno>
#include <string>
#include <system_error>

#include <sqlite3.h>

#include "core/base/concat.h"
#include "core/base/result.h"

namespace countersign::store {

namespace {

constexpr std::string_view kDiskFull = "the disk is full; free some space and try again";

std::string in_words(int system_error) {
    return system_error == 0 ? std::string() : concat(" (", std::generic_category().message(system_error), ")");
}

std::string_view refused_call(int code) {
    switch (code) {
        case SQLITE_IOERR_READ:
        case SQLITE_IOERR_FSTAT:
        case SQLITE_IOERR_ACCESS: return "read";
        case SQLITE_IOERR_WRITE:
        case SQLITE_IOERR_TRUNCATE:
        case SQLITE_IOERR_DELETE: return "write";
        case SQLITE_IOERR_FSYNC:
        case SQLITE_IOERR_DIR_FSYNC: return "flush";
        default: return "use";
    }
}

Error disk_error(int code, int system_error) {
    // Shared memory that cannot grow is a full disk, and nothing was written yet.
    if (code == SQLITE_IOERR_SHMSIZE && (system_error == ENOSPC || system_error == EDQUOT)) {
        return fail(ErrorCode::exhausted, std::string(kDiskFull));
    }
    return fail(ErrorCode::disk_failed,
                concat("the disk refused to ", refused_call(code), " the store", in_words(system_error),
                       "; what was acknowledged before is safe: look after the disk, then start again"));
}

Error open_error(int system_error) {
    switch (system_error) {
        case 0:
        case ENOENT:
        case ENOTDIR:
            return fail(ErrorCode::not_found, "the store cannot be opened: there is no such place; name another");
        case EACCES:
        case EPERM:
        case EROFS:
            return fail(ErrorCode::forbidden, concat("the store cannot be opened", in_words(system_error),
                                                     "; give this account the right to write the file and its folder"));
        case EMFILE:
        case ENFILE:
            return fail(ErrorCode::unavailable,
                        "the store cannot be opened: too many files are open; raise the limit (ulimit -n)");
        case ENOSPC:
        case EDQUOT: return fail(ErrorCode::exhausted, std::string(kDiskFull));
        default:
            return fail(ErrorCode::disk_failed, concat("the store cannot be opened", in_words(system_error),
                                                       "; look after the disk, then start again"));
    }
}

}  // namespace

bool is_disk_failure(int code) {
    return (code & 0xff) == SQLITE_IOERR && code != SQLITE_IOERR_NOMEM && code != SQLITE_IOERR_BLOCKED &&
           code != SQLITE_IOERR_SHORT_READ && code != SQLITE_IOERR_CORRUPTFS;
}

Error store_error(int code, std::string_view message, int system_error) {
    if (is_disk_failure(code)) {
        return disk_error(code, system_error);
    }
    const bool too_short = code == SQLITE_IOERR_SHORT_READ || code == SQLITE_IOERR_CORRUPTFS;
    switch (too_short ? SQLITE_CORRUPT : code & 0xff) {
        case SQLITE_FULL: return fail(ErrorCode::exhausted, std::string(kDiskFull));
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB:
            return fail(ErrorCode::corrupt,
                        concat("the store is damaged: ", message, "; put a copy of it in its place"));
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
        case SQLITE_PROTOCOL:
            return fail(ErrorCode::unavailable, "the store is busy with another program; end that one, or try again");
        case SQLITE_CONSTRAINT: return fail(ErrorCode::already_exists, std::string(message));
        case SQLITE_CANTOPEN: return open_error(system_error);
        case SQLITE_READONLY:
        case SQLITE_PERM:
        case SQLITE_AUTH:
            return fail(ErrorCode::forbidden, concat("the store cannot be written: ", message,
                                                     "; give this account the right to write the file and its folder"));
        case SQLITE_TOOBIG: return fail(ErrorCode::exhausted, "a value is too large for the store; make it shorter");
        case SQLITE_NOMEM:
        case SQLITE_IOERR:
            return fail(ErrorCode::unavailable, "there is not enough memory; end other programs, then try again");
        default: return fail(ErrorCode::internal, concat("store: ", message));
    }
}

Error last_failure(sqlite3* handle) {
    return store_error(sqlite3_extended_errcode(handle), sqlite3_errmsg(handle), sqlite3_system_errno(handle));
}

}  // namespace countersign::store

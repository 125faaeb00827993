#include "tests/web/stand_in/journal.h"

#include <cstdlib>
#include <utility>

#include <sqlite3.h>

#include "core/base/concat.h"
#include "web/store/device_vfs.h"

namespace countersign::web::stand_in {

namespace {

Error sqlite_error(sqlite3* connection, std::string_view doing) {
    return fail(ErrorCode::internal, concat(doing, ": ", sqlite3_errmsg(connection)));
}

}  // namespace

Result<Journal> Journal::open(shell::StorageKind kind) {
    sqlite3* connection = nullptr;
    if (sqlite3_open(kDatabaseName, &connection) != SQLITE_OK) {
        const Error error = sqlite_error(connection, "opening the store");
        sqlite3_close(connection);
        return error;
    }
    Journal journal(connection);
    CS_TRY(journal.run(std::string(opening_pragmas(kind)).c_str()));
    CS_TRY(journal.run(
        "CREATE TABLE IF NOT EXISTS line (id INTEGER PRIMARY KEY, kind TEXT NOT NULL, line TEXT NOT NULL)"));
    return journal;
}

Journal::Journal(Journal&& other) noexcept : connection_(std::exchange(other.connection_, nullptr)) {}

Journal::~Journal() {
    sqlite3_close(connection_);
}

Status Journal::append(const std::vector<std::pair<std::string, std::string>>& kinds_and_lines) {
    if (kinds_and_lines.empty()) {
        return success();
    }
    CS_TRY(run("BEGIN IMMEDIATE"));
    sqlite3_stmt* insert = nullptr;
    sqlite3_prepare_v2(connection_, "INSERT INTO line (kind, line) VALUES (?1, ?2)", -1, &insert, nullptr);
    bool done = insert != nullptr;
    for (const auto& [kind, line] : kinds_and_lines) {
        sqlite3_reset(insert);
        sqlite3_bind_text64(insert, 1, kind.data(), kind.size(), SQLITE_STATIC, SQLITE_UTF8);
        sqlite3_bind_text64(insert, 2, line.data(), line.size(), SQLITE_STATIC, SQLITE_UTF8);
        done = done && sqlite3_step(insert) == SQLITE_DONE;
    }
    sqlite3_finalize(insert);
    if (!done) {
        const Error error = sqlite_error(connection_, "writing a line");
        sqlite3_exec(connection_, "ROLLBACK", nullptr, nullptr, nullptr);
        return error;
    }
    return run("COMMIT");
}

Result<int64_t> Journal::count(std::string_view kind) const {
    const std::string text = CS_TRY(single("SELECT count(*) FROM line WHERE kind = ?1", kind));
    return std::strtoll(text.c_str(), nullptr, 10);
}

Result<std::string> Journal::last(std::string_view kind) const {
    return single("SELECT coalesce((SELECT line FROM line WHERE kind = ?1 ORDER BY id DESC LIMIT 1), '')", kind);
}

Result<std::string> Journal::integrity() const {
    return single("SELECT integrity_check FROM pragma_integrity_check WHERE ?1 = ?1 LIMIT 1", "");
}

Status Journal::close() {
    CS_TRY(run("PRAGMA wal_checkpoint(TRUNCATE)"));
    if (sqlite3_close(connection_) != SQLITE_OK) {
        return sqlite_error(connection_, "closing the store");
    }
    connection_ = nullptr;
    return success();
}

Status Journal::run(const char* sql) const {
    if (sqlite3_exec(connection_, sql, nullptr, nullptr, nullptr) != SQLITE_OK) {
        return sqlite_error(connection_, sql);
    }
    return success();
}

Result<std::string> Journal::single(const char* sql, std::string_view argument) const {
    sqlite3_stmt* statement = nullptr;
    sqlite3_prepare_v2(connection_, sql, -1, &statement, nullptr);
    sqlite3_bind_text64(statement, 1, argument.data(), argument.size(), SQLITE_STATIC, SQLITE_UTF8);
    const bool row = statement != nullptr && sqlite3_step(statement) == SQLITE_ROW;
    std::string text;
    if (row) {
        const auto size = static_cast<size_t>(sqlite3_column_bytes(statement, 0));
        text.assign(static_cast<const char*>(static_cast<const void*>(sqlite3_column_text(statement, 0))), size);
    }
    sqlite3_finalize(statement);
    if (!row) {
        return sqlite_error(connection_, sql);
    }
    return text;
}

}  // namespace countersign::web::stand_in

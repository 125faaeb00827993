#include "core/store/sqlite.h"

#include <utility>

#include <sqlite3.h>

#include "core/base/concat.h"

namespace countersign::store {

namespace {

// Older versions can corrupt a WAL database when two connections write or checkpoint at the same instant.
constexpr int kOldestSafeVersion = 3051003;

Error error_of(int code, std::string_view message) {
    switch (code & 0xff) {
        case SQLITE_FULL: return fail(ErrorCode::exhausted, "the disk is full; free some space and try again");
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB: return fail(ErrorCode::corrupt, concat("the store is damaged: ", message));
        case SQLITE_BUSY:
        case SQLITE_LOCKED: return fail(ErrorCode::unavailable, "the store is busy with another program");
        case SQLITE_CONSTRAINT: return fail(ErrorCode::already_exists, std::string(message));
        case SQLITE_CANTOPEN: return fail(ErrorCode::not_found, concat("the store cannot be opened: ", message));
        case SQLITE_READONLY:
        case SQLITE_PERM:
        case SQLITE_AUTH: return fail(ErrorCode::forbidden, concat("the store cannot be written: ", message));
        case SQLITE_TOOBIG: return fail(ErrorCode::exhausted, "a value is too large for the store");
        default: return fail(ErrorCode::internal, concat("store: ", message));
    }
}

Status configure(Database& database, const OpenOptions& options) {
    if (options.exclusive) {
        CS_TRY_STATUS(database.execute("PRAGMA locking_mode=EXCLUSIVE"));
    }
    if (!options.read_only) {
        CS_TRY_STATUS(database.execute("PRAGMA journal_mode=WAL"));
    }
    return database.execute(
        concat("PRAGMA synchronous=FULL; PRAGMA secure_delete=ON; PRAGMA foreign_keys=ON; PRAGMA trusted_schema=OFF; "
               "PRAGMA cache_size=-",
               options.cache_kib));
}

}  // namespace

Statement::~Statement() {
    if (handle_ != nullptr) {
        sqlite3_reset(handle_);
        sqlite3_clear_bindings(handle_);
    }
}

Statement::Statement(Statement&& other) noexcept
    : handle_(std::exchange(other.handle_, nullptr)), next_parameter_(other.next_parameter_) {}

Statement& Statement::bind(std::string_view text) {
    // Static: the caller's text outlives the statement's run, and a copy per value would cost ingest a tenth of its
    // time.
    const int code = sqlite3_bind_text64(handle_, next_parameter_++, text.data() == nullptr ? "" : text.data(),
                                         text.size(), SQLITE_STATIC, SQLITE_UTF8);
    CS_CHECK(code == SQLITE_OK || code == SQLITE_TOOBIG);
    return *this;
}

Statement& Statement::bind(int64_t value) {
    CS_CHECK(sqlite3_bind_int64(handle_, next_parameter_++, value) == SQLITE_OK);
    return *this;
}

Statement& Statement::bind_blob(std::string_view bytes) {
    const int code = sqlite3_bind_blob64(handle_, next_parameter_++, bytes.data() == nullptr ? "" : bytes.data(),
                                         bytes.size(), SQLITE_STATIC);
    CS_CHECK(code == SQLITE_OK || code == SQLITE_TOOBIG);
    return *this;
}

Statement& Statement::bind_null() {
    CS_CHECK(sqlite3_bind_null(handle_, next_parameter_++) == SQLITE_OK);
    return *this;
}

Result<bool> Statement::step() {
    const int code = sqlite3_step(handle_);
    if (code == SQLITE_ROW) {
        return true;
    }
    if (code == SQLITE_DONE) {
        return false;
    }
    sqlite3* database = sqlite3_db_handle(handle_);
    return error_of(sqlite3_extended_errcode(database), sqlite3_errmsg(database));
}

Status Statement::run() {
    CS_TRY(step());
    return success();
}

int64_t Statement::integer(int column) const {
    return sqlite3_column_int64(handle_, column);
}

std::string_view Statement::text(int column) const {
    const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(handle_, column));
    return text == nullptr ? std::string_view()
                           : std::string_view(text, static_cast<size_t>(sqlite3_column_bytes(handle_, column)));
}

std::string_view Statement::blob(int column) const {
    const auto* bytes = static_cast<const char*>(sqlite3_column_blob(handle_, column));
    return bytes == nullptr ? std::string_view()
                            : std::string_view(bytes, static_cast<size_t>(sqlite3_column_bytes(handle_, column)));
}

bool Statement::is_null(int column) const {
    return sqlite3_column_type(handle_, column) == SQLITE_NULL;
}

Result<std::unique_ptr<Database>> Database::open(const OpenOptions& options) {
    if (sqlite3_libversion_number() < kOldestSafeVersion) {
        return fail(ErrorCode::failed_precondition,
                    concat("SQLite ", sqlite3_libversion(), " is too old; 3.51.3 or newer is needed"));
    }
    sqlite3* handle = nullptr;
    const int flags =
        (options.read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE) | SQLITE_OPEN_NOMUTEX;
    const int code =
        sqlite3_open_v2(options.path.c_str(), &handle, flags, options.vfs.empty() ? nullptr : options.vfs.c_str());
    std::unique_ptr<Database> database(new Database(handle, options.keys));
    if (code != SQLITE_OK) {
        return error_of(code, handle == nullptr ? "out of memory" : sqlite3_errmsg(handle)).at(options.path);
    }
    sqlite3_extended_result_codes(handle, 1);
    sqlite3_busy_timeout(handle, 5'000);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    if (auto configured = configure(*database, options); !configured.ok()) {
        return configured.error().at(options.path);
    }
    return database;
}

Database::~Database() {
    for (const auto& [sql, statement] : statements_) {
        sqlite3_finalize(statement);
    }
    sqlite3_close(handle_);
}

Result<Statement> Database::prepare(std::string_view sql) {
    auto known = statements_.find(sql);
    if (known == statements_.end()) {
        sqlite3_stmt* statement = nullptr;
        const int length = static_cast<int>(sql.size());
        if (sqlite3_prepare_v3(handle_, sql.data(), length, SQLITE_PREPARE_PERSISTENT, &statement, nullptr) !=
            SQLITE_OK) {
            return last_error();
        }
        known = statements_.emplace(sql, statement).first;
    }
    CS_CHECK(sqlite3_stmt_busy(known->second) == 0);
    return Statement(known->second);
}

Status Database::execute(const std::string& sql) {
    return sqlite3_exec(handle_, sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK ? success()
                                                                                      : Status(last_error());
}

Status Database::begin() {
    return execute("BEGIN IMMEDIATE");
}

Status Database::commit() {
    if (keys_ != nullptr) {
        CS_TRY_STATUS(keys_->flush());
    }
    return execute("COMMIT");
}

void Database::rollback() {
    static_cast<void>(execute("ROLLBACK").ok());
    if (keys_ != nullptr) {
        keys_->discard();
    }
}

Result<bool> Database::truncate_log() {
    Statement checkpoint = CS_TRY(prepare("PRAGMA wal_checkpoint(TRUNCATE)"));
    return CS_TRY(checkpoint.step()) && checkpoint.integer(0) == 0;
}

Status Database::truncate_if_wanted() {
    if (truncate_ && !in_transaction()) {
        truncate_ = !CS_TRY(truncate_log());
    }
    return success();
}

bool Database::in_transaction() const {
    return sqlite3_get_autocommit(handle_) == 0;
}

int64_t Database::last_insert_rowid() const {
    return sqlite3_last_insert_rowid(handle_);
}

int64_t Database::changes() const {
    return sqlite3_changes64(handle_);
}

Error Database::last_error() const {
    return error_of(sqlite3_extended_errcode(handle_), sqlite3_errmsg(handle_));
}

Transaction::~Transaction() {
    if (open_) {
        database_.rollback();
    }
}

Status Transaction::begin() {
    if (database_.in_transaction()) {
        return success();
    }
    CS_TRY_STATUS(database_.begin());
    open_ = true;
    return success();
}

Status Transaction::commit() {
    if (!open_) {
        return success();
    }
    CS_TRY_STATUS(database_.commit());
    open_ = false;
    return success();
}

}  // namespace countersign::store

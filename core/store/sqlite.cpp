#include "core/store/sqlite.h"

#include <utility>

#include <sqlite3.h>

#include "core/base/concat.h"
#include "core/store/sqlite_error.h"

namespace countersign::store {

namespace {

// Older versions can corrupt a WAL database when two connections write or checkpoint at the same instant.
constexpr int kOldestSafeVersion = 3051003;

// Some 4 MB of log: then it is written back into the store's file.
constexpr int kCheckpoint_frames = 1'000;
constexpr int kCheckpointAtLast_frames = 4 * kCheckpoint_frames;

// SQLite answers "wal" also where a failed disk has left a new store with a rollback journal, and says otherwise only
// once the file was read again. With such a journal, a power cut can undo what was committed.
Status use_write_ahead_log(Database& database) {
    CS_TRY_STATUS(database.execute("PRAGMA journal_mode=WAL; SELECT count(*) FROM sqlite_schema"));
    Statement mode = CS_TRY(database.prepare("PRAGMA journal_mode"));
    CS_TRY(mode.step());
    if (mode.text(0) != "wal" && mode.text(0) != "memory") {
        return fail(ErrorCode::disk_failed, concat("the store cannot have a write-ahead log here, only '", mode.text(0),
                                                   "'; look after the disk, or put the store on a local one"));
    }
    return success();
}

Status configure(Database& database, const OpenOptions& options) {
    if (options.exclusive) {
        CS_TRY_STATUS(database.execute("PRAGMA locking_mode=EXCLUSIVE"));
    }
    if (!options.read_only) {
        CS_TRY_STATUS(use_write_ahead_log(database));
    }
    return database.execute(
        concat("PRAGMA synchronous=FULL; PRAGMA secure_delete=ON; PRAGMA foreign_keys=ON; PRAGMA trusted_schema=OFF; "
               "PRAGMA cell_size_check=ON; "
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
    : handle_(std::exchange(other.handle_, nullptr)),
      database_(other.database_),
      next_parameter_(other.next_parameter_) {}

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
    if (database_->undone_by_) {
        return *database_->undone_by_;
    }
    const int code = sqlite3_step(handle_);
    if (code == SQLITE_ROW) {
        return true;
    }
    if (code == SQLITE_DONE) {
        return false;
    }
    return database_->failure();
}

Status Statement::run() {
    CS_TRY(step());
    return success();
}

int64_t Statement::integer(int column) const {
    return sqlite3_column_int64(handle_, column);
}

Result<int64_t> Statement::integer_within(int column, int64_t least, int64_t most) const {
    const int64_t number = integer(column);
    if (number < least || number > most) {
        return fail(ErrorCode::corrupt,
                    concat("the store is damaged: it says ", number, "; put a copy of it in its place"),
                    sqlite3_column_name(handle_, column));
    }
    return number;
}

Result<uint64_t> Statement::count(int column) const {
    return static_cast<uint64_t>(CS_TRY(integer_within(column, 0, INT64_MAX)));
}

std::string_view Statement::text(int column) const {
    const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(handle_, column));
    CS_CHECK(text != nullptr || is_null(column));
    return text == nullptr ? std::string_view()
                           : std::string_view(text, static_cast<size_t>(sqlite3_column_bytes(handle_, column)));
}

std::string_view Statement::blob(int column) const {
    const auto* bytes = static_cast<const char*>(sqlite3_column_blob(handle_, column));
    CS_CHECK(bytes != nullptr || sqlite3_column_bytes(handle_, column) == 0);
    return bytes == nullptr ? std::string_view()
                            : std::string_view(bytes, static_cast<size_t>(sqlite3_column_bytes(handle_, column)));
}

bool Statement::is_null(int column) const {
    return sqlite3_column_type(handle_, column) == SQLITE_NULL;
}

Database::Database(sqlite3* handle, const OpenOptions& options)
    : handle_(handle), keys_(options.keys), checkpoints_later_(options.checkpoints_later) {}

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
    std::unique_ptr<Database> database(new Database(handle, options));
    if (code != SQLITE_OK) {
        return (handle == nullptr ? store_error(SQLITE_NOMEM, {}, 0) : last_failure(handle)).at(options.path);
    }
    sqlite3_extended_result_codes(handle, 1);
    sqlite3_busy_timeout(handle, 5'000);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    // Plans look at no bound value: else each new value for a LIMIT has the statement compiled once more.
    sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_QPSG, 1, nullptr);
    if (auto configured = configure(*database, options); !configured.ok()) {
        return configured.error().at(options.path);
    }
    if (!options.read_only) {
        sqlite3_wal_hook(handle, after_commit, database.get());
    }
    return database;
}

Database::~Database() {
    for (const auto& [sql, statement] : statements_) {
        sqlite3_finalize(statement);
    }
    if (broken_) {
        // The log is what the next start recovers from: closing may not copy it and take it away.
        sqlite3_db_config(handle_, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
    }
    sqlite3_close(handle_);
}

Result<Statement> Database::prepare(std::string_view sql) {
    if (undone_by_) {
        return *undone_by_;
    }
    auto known = statements_.find(sql);
    if (known == statements_.end()) {
        sqlite3_stmt* statement = nullptr;
        const int length = static_cast<int>(sql.size());
        if (sqlite3_prepare_v3(handle_, sql.data(), length, SQLITE_PREPARE_PERSISTENT, &statement, nullptr) !=
            SQLITE_OK) {
            return failure();
        }
        known = statements_.emplace(sql, statement).first;
    }
    CS_CHECK(sqlite3_stmt_busy(known->second) == 0);
    return Statement(known->second, *this);
}

Status Database::execute(const std::string& sql) {
    if (undone_by_) {
        return *undone_by_;
    }
    return sqlite3_exec(handle_, sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK ? success() : Status(failure());
}

Status Database::begin() {
    CS_TRY_STATUS(execute("BEGIN IMMEDIATE"));
    begun_ = true;
    return success();
}

Status Database::commit() {
    if (const Status flushed = keys_ == nullptr ? success() : keys_->flush(); !flushed.ok()) {
        // A disk of which nobody knows what it has of the keys is as bad as one that is so of the store.
        if (flushed.error().code == ErrorCode::disk_failed && !broken_) {
            broken_ = flushed.error();
        }
        return flushed;
    }
    CS_TRY_STATUS(execute("COMMIT"));
    begun_ = false;
    return success();
}

void Database::rollback() {
    begun_ = false;
    undone_by_.reset();
    if (in_transaction()) {
        static_cast<void>(execute("ROLLBACK").ok());
    }
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

// In place of SQLite's own checkpoints, which nobody is told of when they fail: when the sync of the store's file does,
// the log must not be used again.
int Database::after_commit(void* self, sqlite3* /*handle*/, const char* /*name*/, int frames) {
    auto& database = *static_cast<Database*>(self);
    database.log_frames_ = frames;
    if (frames >= (database.checkpoints_later_ ? kCheckpointAtLast_frames : kCheckpoint_frames)) {
        static_cast<void>(database.checkpoint().ok());
    }
    return SQLITE_OK;  // the commit itself stands
}

Status Database::checkpoint() {
    log_frames_ = 0;  // what readers hold back is counted again with the next commit
    const int code = sqlite3_wal_checkpoint_v2(handle_, nullptr, SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
    return code == SQLITE_OK ? success() : Status(failure());
}

Status Database::checkpoint_if_due() {
    return log_frames_ < kCheckpoint_frames || in_transaction() ? success() : checkpoint();
}

int64_t Database::last_insert_rowid() const {
    return sqlite3_last_insert_rowid(handle_);
}

int64_t Database::changes() const {
    return sqlite3_changes64(handle_);
}

Error Database::failure() {
    Error error = last_failure(handle_);
    if (is_disk_failure(sqlite3_extended_errcode(handle_)) && !broken_) {
        broken_ = error;
    }
    if (begun_ && !in_transaction() && !undone_by_) {
        undone_by_ = error;
    }
    return error;
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

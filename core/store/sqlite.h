#pragma once
// A thin, exception-free layer over SQLite: one connection, cached prepared statements, transactions, errors as Result.
//
// Contract: a Database belongs to one thread at a time. A Statement borrowed from it is reset when it goes out of scope
// and must not outlive it; the same SQL must not be borrowed twice at once. Text goes into SQL by binding only, never
// by joining. Errors: sqlite_error.h has the list, each with what to do about it. Without memory to read a value, the
// process ends: an empty text must never be taken for what was stored.
//
// After a full disk a transaction is gone and the store is what it was before it; it can be tried again. After any
// other refusal of the disk nobody knows what the disk has (a cache forgets what a failed sync owes it), so the failure
// stays: broken() says it, and whoever shares the store with other connections must not go on.

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/result.h"
#include "core/ports/subject_keys.h"

struct sqlite3;
struct sqlite3_stmt;

namespace countersign::store {

class Database;

class Statement {
public:
    Statement(sqlite3_stmt* handle, Database& database) : handle_(handle), database_(&database) {}

    ~Statement();
    Statement(Statement&& other) noexcept;
    Statement(const Statement&) = delete;
    Statement& operator=(const Statement&) = delete;
    Statement& operator=(Statement&&) = delete;

    // Parameters in the order of their question marks.
    Statement& bind(std::string_view text);

    Statement& bind(const char* text) { return bind(std::string_view(text)); }

    Statement& bind(int64_t value);
    Statement& bind_blob(std::string_view bytes);
    Statement& bind_null();

    // Moves to the next row; false when there is none.
    Result<bool> step();
    // For statements without rows.
    Status run();

    int64_t integer(int column) const;
    // The same where only these can have been stored; corrupt otherwise, since an enumerator or an amount made of it
    // would be none.
    Result<int64_t> integer_within(int column, int64_t least, int64_t most) const;
    // The same for what is counted from 0.
    Result<uint64_t> count(int column) const;
    // Valid until the next step.
    std::string_view text(int column) const;
    std::string_view blob(int column) const;
    bool is_null(int column) const;

private:
    sqlite3_stmt* handle_;
    Database* database_;
    int next_parameter_ = 1;
};

struct OpenOptions {
    std::string path = {};  // a file, or ":memory:"
    bool read_only = false;
    std::string vfs = {};    // empty: the platform's
    bool exclusive = false;  // the only connection there will ever be (a browser's store): WAL without shared memory
    int cache_kib = 16 * 1024;
    // Nobody waits for the log to be copied into the file: whoever has the connection does it when there is time
    // (checkpoint_if_due()), and a commit only when the log has become four times as long as it should be.
    bool checkpoints_later = false;
    SubjectKeys* keys = nullptr;  // texts lie sealed under these; none: in plain, as on a device
};

class Database {
public:
    // WAL and synchronous=FULL: what is committed is on disk; secure_delete: what is deleted is overwritten. Fails when
    // the SQLite that is linked is older than 3.51.3. Who writes goes through open_store() (schema.h), which first
    // makes sure of what it finds.
    static Result<std::unique_ptr<Database>> open(const OpenOptions& options);
    ~Database();
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;

    // The statement for this SQL, prepared once. SQL is made from literals only; values are bound.
    Result<Statement> prepare(std::string_view sql);
    // Several statements separated by semicolons, without parameters.
    Status execute(const std::string& sql);

    // A transaction that SQLite undoes by itself (a full disk, a failed read) is over only with rollback(): until then
    // everything fails as that did, so that nothing of it is written by itself because somebody went on.
    Status begin();
    // The keys of the texts that are committed are on disk before them.
    Status commit();
    void rollback();
    bool in_transaction() const;

    int64_t last_insert_rowid() const;
    int64_t changes() const;

    // The first refusal of the disk that was no full disk, a checkpoint's after a commit among them.
    const std::optional<Error>& broken() const { return broken_; }

    // Why the transaction that was begun is no longer open, when SQLite undid it.
    const std::optional<Error>& undone_by() const { return undone_by_; }

    sqlite3* handle() { return handle_; }

    SubjectKeys* keys() const { return keys_; }

    // What was deleted still stands in the write-ahead log: it has to be emptied, outside of a transaction.
    void truncate_soon() { truncate_ = true; }

    // Does it when it was asked for; when others read at the moment, it stays asked for.
    Status truncate_if_wanted();
    // Copies what the log has into the file when it is time to, for all that nobody reads at the moment.
    Status checkpoint_if_due();
    // Everything into the file, nothing in the log; false when others read at the moment.
    Result<bool> truncate_log();

private:
    friend class Statement;

    Database(sqlite3* handle, const OpenOptions& options);

    static int after_commit(void* self, sqlite3* handle, const char* name, int frames);
    Status checkpoint();
    // The connection's last failure as an Error, with what follows from it noted.
    Error failure();

    sqlite3* handle_;
    SubjectKeys* keys_;
    bool truncate_ = false;
    bool checkpoints_later_;
    int log_frames_ = 0;  // when it was committed to last
    std::map<std::string, sqlite3_stmt*, std::less<>> statements_;
    bool begun_ = false;
    std::optional<Error> broken_;
    std::optional<Error> undone_by_;
};

// Rolls back when it goes out of scope without commit().
class Transaction {
public:
    explicit Transaction(Database& database) : database_(database) {}

    ~Transaction();
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;

    // Does nothing inside a transaction that is already open: that one commits.
    Status begin();
    Status commit();

private:
    Database& database_;
    bool open_ = false;
};

}  // namespace countersign::store

#include "tests/web/stand_in/journal.h"

#include "web/store/device_vfs.h"

namespace countersign::web::stand_in {

Result<Journal> Journal::open() {
    Journal journal(CS_TRY(store::Database::open(device_store())));
    CS_TRY_STATUS(journal.database_->execute(
        "CREATE TABLE IF NOT EXISTS line (id INTEGER PRIMARY KEY, kind TEXT NOT NULL, line TEXT NOT NULL)"));
    return journal;
}

Status Journal::append(const std::vector<std::pair<std::string, std::string>>& kinds_and_lines) {
    store::Transaction transaction(*database_);
    CS_TRY_STATUS(transaction.begin());
    for (const auto& [kind, line] : kinds_and_lines) {
        store::Statement insert = CS_TRY(database_->prepare("INSERT INTO line (kind, line) VALUES (?1, ?2)"));
        CS_TRY_STATUS(insert.bind(kind).bind(line).run());
    }
    return transaction.commit();
}

Result<int64_t> Journal::count(std::string_view kind) {
    store::Statement query = CS_TRY(database_->prepare("SELECT count(*) FROM line WHERE kind = ?1"));
    CS_TRY(query.bind(kind).step());
    return query.integer(0);
}

Result<std::string> Journal::last(std::string_view kind) {
    store::Statement query =
        CS_TRY(database_->prepare("SELECT line FROM line WHERE kind = ?1 ORDER BY id DESC LIMIT 1"));
    const bool found = CS_TRY(query.bind(kind).step());
    return found ? std::string(query.text(0)) : std::string();
}

Result<std::string> Journal::integrity() {
    store::Statement query = CS_TRY(database_->prepare("PRAGMA integrity_check"));
    CS_TRY(query.step());
    return std::string(query.text(0));
}

Status Journal::close() {
    CS_TRY_STATUS(database_->execute("PRAGMA wal_checkpoint(TRUNCATE)"));
    database_.reset();
    return success();
}

}  // namespace countersign::web::stand_in

#include "core/store/inbox.h"

#include "core/base/concat.h"

namespace countersign::store {

namespace {

constexpr std::string_view kBare =
    "SELECT no, project, stream, from_seq, count, prev, brought_by, doubtful, signature, judged, at_us FROM inbox";
constexpr std::string_view kSelect =
    "SELECT no, project, stream, from_seq, count, prev, brought_by, doubtful, signature, judged, at_us, body, sealed "
    "FROM inbox";

// Words of whoever is concerned, for as long as they wait: under a key of the store's own.
Result<std::string> sealed(SubjectKeys& keys, const StreamId& stream, std::string_view body) {
    const KeyRef key = CS_TRY(keys.shared());
    return keys.seal(key, body, stream.text);
}

Result<std::string> opened_body(Database& database, const Statement& row) {
    const std::string_view body = row.blob(11);
    if (row.integer(12) == 0) {
        return std::string(body);
    }
    if (database.keys() == nullptr) {
        return fail(ErrorCode::failed_precondition,
                    "what this store has recorded is sealed, and the keys are not here (keys.db, master.key)");
    }
    return database.keys()->open(body, row.text(2));
}

Result<InboxRow> read_bare(const Statement& row) {
    InboxRow out;
    out.no = row.integer(0);
    out.project_no = row.integer(1);
    out.stream = StreamId(std::string(row.text(2)));
    out.from = CS_TRY(row.count(3));
    out.count = CS_TRY(row.count(4));
    out.prev = CS_TRY(digest_from_bytes(row.blob(5)));
    out.brought_by = ActorId(std::string(row.text(6)));
    out.doubtful = row.integer(7) != 0;
    out.signature = std::string(row.blob(8));
    out.judged = CS_TRY(row.count(9));
    out.at.us = row.integer(10);
    return out;
}

Result<InboxRow> read_row(Database& database, const Statement& row) {
    InboxRow out = CS_TRY(read_bare(row));
    out.body = CS_TRY(opened_body(database, row));
    return out;
}

Result<Statement> oldest_first(Database& database, const StreamId* stream, std::string_view limit) {
    const std::string_view of_stream = stream == nullptr ? std::string_view() : " WHERE stream = ?";
    Statement select = CS_TRY(database.prepare(concat(kSelect, of_stream, " ORDER BY no", limit)));
    if (stream != nullptr) {
        select.bind(stream->text);
    }
    return select;
}

}  // namespace

Status add_inbox(Database& database, const InboxRow& row, std::string_view body) {
    Statement insert =
        CS_TRY(database.prepare("INSERT INTO inbox(project, stream, from_seq, count, prev, brought_by, doubtful, "
                                "signature, body, judged, at_us, sealed) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?)"));
    const bool seals = database.keys() != nullptr;
    const std::string box = seals ? CS_TRY(sealed(*database.keys(), row.stream, body)) : std::string();
    insert.bind(row.project_no).bind(row.stream.text).bind(static_cast<int64_t>(row.from));
    insert.bind(static_cast<int64_t>(row.count)).bind_blob(row.prev.view()).bind(row.brought_by.text);
    insert.bind(int64_t{row.doubtful ? 1 : 0}).bind_blob(row.signature).bind_blob(seals ? box : body);
    return insert.bind(row.at.us).bind(int64_t{seals ? 1 : 0}).run();
}

Result<std::optional<InboxRow>> first_in_inbox(Database& database, const StreamId* stream) {
    Statement select = CS_TRY(oldest_first(database, stream, " LIMIT 1"));
    if (!CS_TRY(select.step())) {
        return std::optional<InboxRow>();
    }
    return std::optional<InboxRow>(CS_TRY(read_row(database, select)));
}

Result<std::optional<InboxRow>> first_in_inbox_bare(Database& database) {
    Statement select = CS_TRY(database.prepare(concat(kBare, " ORDER BY no LIMIT 1")));
    if (!CS_TRY(select.step())) {
        return std::optional<InboxRow>();
    }
    return std::optional<InboxRow>(CS_TRY(read_bare(select)));
}

Result<std::vector<InboxRow>> read_inbox(Database& database, const StreamId* stream) {
    Statement select = CS_TRY(oldest_first(database, stream, ""));
    std::vector<InboxRow> out;
    while (CS_TRY(select.step())) {
        out.push_back(CS_TRY(read_row(database, select)));
    }
    return out;
}

Status set_judged(Database& database, const InboxRow& row) {
    if (row.judged >= row.count) {
        Statement remove = CS_TRY(database.prepare("DELETE FROM inbox WHERE no = ?"));
        return remove.bind(row.no).run();
    }
    Statement update = CS_TRY(database.prepare("UPDATE inbox SET judged = ? WHERE no = ?"));
    return update.bind(static_cast<int64_t>(row.judged)).bind(row.no).run();
}

}  // namespace countersign::store

#include "core/store/operations.h"

#include <algorithm>

#include "core/base/concat.h"

namespace countersign::store {

namespace {

constexpr std::string_view kSelect =
    "SELECT stream, seq, op, item, hash, bytes, state, answer, at_us, "
    "(SELECT id FROM project WHERE project.no = operation.project) FROM operation";

// Streams of one account: its own name, or that name and a point with more behind it ('/' is the character after '.').
constexpr std::string_view kOfAccount = " WHERE stream >= ? AND stream < ? || '/'";

void bind_account(Statement& statement, const StreamId& account) {
    statement.bind(account.text).bind(account.text);
}

Result<OperationRow> read_row(const Statement& row) {
    OperationRow out;
    out.stream = StreamId(std::string(row.text(0)));
    out.seq = static_cast<uint64_t>(row.integer(1));
    out.id = OperationId(std::string(row.text(2)));
    out.item_no = row.integer(3);
    out.hash = CS_TRY(digest_from_bytes(row.blob(4)));
    out.bytes = std::string(row.text(5));
    out.state =
        static_cast<OperationState>(CS_TRY(row.integer_within(6, 0, static_cast<int64_t>(OperationState::refused))));
    out.answer = std::string(row.text(7));
    out.at.us = row.integer(8);
    out.project = ProjectId(std::string(row.text(9)));
    return out;
}

Result<std::vector<OperationRow>> read_all(Statement& select) {
    std::vector<OperationRow> out;
    while (CS_TRY(select.step())) {
        out.push_back(CS_TRY(read_row(select)));
    }
    return out;
}

Result<std::optional<OperationRow>> read_one(Statement& select) {
    if (!CS_TRY(select.step())) {
        return std::optional<OperationRow>();
    }
    return std::optional<OperationRow>(CS_TRY(read_row(select)));
}

}  // namespace

Result<StreamHead> stream_head(Database& database, const StreamId& stream) {
    Statement select =
        CS_TRY(database.prepare("SELECT seq, hash FROM operation WHERE stream = ? ORDER BY seq DESC LIMIT 1"));
    select.bind(stream.text);
    StreamHead head;
    if (CS_TRY(select.step())) {
        head.seq = static_cast<uint64_t>(select.integer(0));
        head.hash = CS_TRY(digest_from_bytes(select.blob(1)));
    }
    return head;
}

Status add_operation(Database& database, const ProjectRow& project, const OperationRow& row) {
    Statement insert =
        CS_TRY(database.prepare("INSERT INTO operation(stream, seq, project, item, op, hash, bytes, state, answer, "
                                "at_us) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"));
    insert.bind(row.stream.text).bind(static_cast<int64_t>(row.seq)).bind(project.no);
    if (row.item_no == 0) {
        insert.bind_null();
    } else {
        insert.bind(row.item_no);
    }
    insert.bind(row.id.text).bind_blob(row.hash.view()).bind(row.bytes).bind(static_cast<int64_t>(row.state));
    return insert.bind(row.answer).bind(row.at.us).run();
}

Status answer_operation(Database& database, const OperationId& id, OperationState state, std::string_view answer) {
    Statement update = CS_TRY(database.prepare("UPDATE operation SET state = ?, answer = ? WHERE op = ?"));
    return update.bind(static_cast<int64_t>(state)).bind(answer).bind(id.text).run();
}

Result<std::optional<OperationRow>> find_operation(Database& database, const OperationId& id) {
    Statement select = CS_TRY(database.prepare(concat(kSelect, " WHERE op = ?")));
    select.bind(id.text);
    return read_one(select);
}

Result<std::optional<OperationRow>> operation_at(Database& database, const StreamId& stream, uint64_t seq) {
    Statement select = CS_TRY(database.prepare(concat(kSelect, " WHERE stream = ? AND seq = ?")));
    select.bind(stream.text).bind(static_cast<int64_t>(seq));
    return read_one(select);
}

Result<std::vector<OperationRow>> waiting_operations(Database& database, const StreamId& account, uint64_t from_seq,
                                                     size_t limit) {
    Statement select = CS_TRY(
        database.prepare(concat(kSelect, kOfAccount, " AND seq >= ? AND state = 0 ORDER BY stream, seq LIMIT ?")));
    bind_account(select, account);
    select.bind(static_cast<int64_t>(from_seq)).bind(static_cast<int64_t>(limit));
    return read_all(select);
}

Result<std::vector<StreamId>> waiting_streams(Database& database, const StreamId& account) {
    Statement select = CS_TRY(database.prepare(concat("SELECT stream FROM operation", kOfAccount,
                                                      " AND state = 0 GROUP BY stream ORDER BY min(at_us), stream")));
    bind_account(select, account);
    std::vector<StreamId> out;
    while (CS_TRY(select.step())) {
        out.emplace_back(std::string(select.text(0)));
    }
    return out;
}

Result<std::vector<OperationRow>> waiting_run(Database& database, const StreamId& stream, size_t limit) {
    Statement select =
        CS_TRY(database.prepare(concat(kSelect, " WHERE stream = ? AND state = 0 ORDER BY seq LIMIT ?")));
    select.bind(stream.text).bind(static_cast<int64_t>(limit));
    std::vector<OperationRow> rows = CS_TRY(read_all(select));
    const auto other =
        std::find_if(rows.begin(), rows.end(), [&](const OperationRow& row) { return row.project != rows[0].project; });
    rows.erase(other, rows.end());
    return rows;
}

Result<std::vector<OperationRow>> waiting_on_item(Database& database, int64_t item_no) {
    Statement select = CS_TRY(database.prepare(concat(kSelect, " WHERE item = ? AND state = 0 ORDER BY stream, seq")));
    select.bind(item_no);
    return read_all(select);
}

Result<std::vector<OperationRow>> recent_operations(Database& database, const StreamId& account, size_t limit) {
    Statement select =
        CS_TRY(database.prepare(concat(kSelect, kOfAccount, " ORDER BY at_us DESC, seq DESC, stream LIMIT ?")));
    bind_account(select, account);
    select.bind(static_cast<int64_t>(limit));
    return read_all(select);
}

Result<OperationCounts> count_operations(Database& database, const StreamId& account) {
    OperationCounts counts;
    Statement select = CS_TRY(
        database.prepare(concat("SELECT state, count(*), min(at_us) FROM operation", kOfAccount, " GROUP BY state")));
    bind_account(select, account);
    while (CS_TRY(select.step())) {
        switch (static_cast<OperationState>(select.integer(0))) {
            case OperationState::on_device:
                counts.on_device = select.integer(1);
                counts.oldest_on_device = Instant{select.integer(2)};
                break;
            case OperationState::saved: counts.saved = select.integer(1); break;
            case OperationState::refused: counts.refused = select.integer(1); break;
        }
    }
    return counts;
}

}  // namespace countersign::store

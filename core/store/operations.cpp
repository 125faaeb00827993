#include "core/store/operations.h"

#include <algorithm>

#include "core/base/concat.h"

namespace countersign::store {

namespace {

constexpr std::string_view kSelect =
    "SELECT operation.stream, operation.seq, operation.hash, op, item_id, item, bytes, operation.state, "
    "operation.reason, event_seq, at_us, operation.project FROM operation";

Result<OperationRow> read_row(const Statement& row) {
    OperationRow out;
    out.stream = StreamId(std::string(row.text(0)));
    out.seq = CS_TRY(row.count(1));
    out.hash = CS_TRY(digest_from_bytes(row.blob(2)));
    out.id = OperationId(std::string(row.text(3)));
    out.item = ItemId(std::string(row.text(4)));
    out.item_no = row.integer(5);
    out.bytes = std::string(row.text(6));
    out.state =
        static_cast<OperationState>(CS_TRY(row.integer_within(7, 0, static_cast<int64_t>(OperationState::unknown))));
    out.reason = std::string(row.text(8));
    if (!row.is_null(9)) {
        out.event = CS_TRY(row.count(9));
    }
    out.at.us = row.integer(10);
    out.project_no = row.integer(11);
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

void bind_or_null(Statement& statement, int64_t number, bool there) {
    if (there) {
        statement.bind(number);
    } else {
        statement.bind_null();
    }
}

int64_t event_of(const OperationRow& row) {
    return row.event ? static_cast<int64_t>(*row.event) : 0;
}

}  // namespace

Status add_operation(Database& database, const ProjectRow& project, const OperationRow& row) {
    Statement insert = CS_TRY(
        database.prepare("INSERT INTO operation(stream, seq, hash, project, item, item_id, op, bytes, state, reason, "
                         "event_seq, at_us) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"));
    insert.bind(row.stream.text).bind(static_cast<int64_t>(row.seq)).bind_blob(row.hash.view()).bind(project.no);
    bind_or_null(insert, row.item_no, row.item_no != 0);
    insert.bind(row.item.text).bind(row.id.text).bind(row.bytes).bind(static_cast<int64_t>(row.state));
    insert.bind(row.reason);
    bind_or_null(insert, event_of(row), row.event.has_value());
    return insert.bind(row.at.us).run();
}

Status set_operation(Database& database, const OperationRow& row) {
    Statement update =
        CS_TRY(database.prepare("UPDATE operation SET state = ?, reason = ?, event_seq = ?, item = ? "
                                "WHERE stream = ? AND seq = ? AND hash = ?"));
    update.bind(static_cast<int64_t>(row.state)).bind(row.reason);
    bind_or_null(update, event_of(row), row.event.has_value());
    bind_or_null(update, row.item_no, row.item_no != 0);
    return update.bind(row.stream.text).bind(static_cast<int64_t>(row.seq)).bind_blob(row.hash.view()).run();
}

Result<std::optional<OperationRow>> find_operation(Database& database, const OperationId& id) {
    Statement select = CS_TRY(database.prepare(concat(kSelect, " WHERE op = ? ORDER BY at_us, stream, seq LIMIT 1")));
    select.bind(id.text);
    return read_one(select);
}

Result<std::optional<OperationRow>> find_operation(Database& database, const StreamId& stream, uint64_t seq,
                                                   const Digest& hash) {
    Statement select = CS_TRY(database.prepare(concat(kSelect, " WHERE stream = ? AND seq = ? AND hash = ?")));
    select.bind(stream.text).bind(static_cast<int64_t>(seq)).bind_blob(hash.view());
    return read_one(select);
}

Result<std::vector<OperationRow>> operations_at(Database& database, const StreamId& stream, uint64_t seq) {
    Statement select = CS_TRY(database.prepare(concat(kSelect, " WHERE stream = ? AND seq = ?")));
    select.bind(stream.text).bind(static_cast<int64_t>(seq));
    return read_all(select);
}

Result<std::vector<OperationRow>> stream_run(Database& database, const StreamId& stream, uint64_t from, size_t limit) {
    Statement select = CS_TRY(database.prepare(concat(kSelect, " WHERE stream = ? AND seq >= ? ORDER BY seq LIMIT ?")));
    select.bind(stream.text).bind(static_cast<int64_t>(from)).bind(static_cast<int64_t>(limit));
    return read_all(select);
}

Result<std::vector<OperationRow>> pending_on_item(Database& database, int64_t item_no) {
    Statement select =
        CS_TRY(database.prepare(concat(kSelect, " WHERE item = ? AND state = 0 ORDER BY at_us, stream, seq")));
    select.bind(item_no);
    return read_all(select);
}

Result<std::vector<std::pair<int64_t, ItemId>>> pending_items(Database& database, const ProjectRow& project) {
    Statement select = CS_TRY(
        database.prepare("SELECT DISTINCT item.no, item.id FROM operation JOIN item ON item.no = operation.item WHERE "
                         "operation.project = ? AND operation.state = 0 ORDER BY item.no"));
    select.bind(project.no);
    std::vector<std::pair<int64_t, ItemId>> out;
    while (CS_TRY(select.step())) {
        out.emplace_back(select.integer(0), ItemId(std::string(select.text(1))));
    }
    return out;
}

Result<std::vector<OperationRow>> waiting_for_item(Database& database, const ProjectRow& project, const ItemId& item) {
    Statement select = CS_TRY(database.prepare(concat(kSelect,
                                                      " WHERE project = ? AND state > 1 AND state = 2 AND item_id = ? "
                                                      "AND item IS NULL ORDER BY at_us, stream, seq")));
    select.bind(project.no).bind(item.text);
    return read_all(select);
}

Result<bool> any_waiting_for_items(Database& database, const ProjectRow& project) {
    Statement select = CS_TRY(database.prepare(
        "SELECT 1 FROM operation WHERE project = ? AND state > 1 AND state = 2 AND item IS NULL LIMIT 1"));
    select.bind(project.no);
    return select.step();
}

Result<std::vector<OperationRow>> operations_in(Database& database, const ProjectRow& project, OperationState state,
                                                size_t limit) {
    Statement select = CS_TRY(database.prepare(
        concat(kSelect, " WHERE project = ? AND state > 1 AND state = ? ORDER BY at_us DESC, stream, seq LIMIT ?")));
    select.bind(project.no).bind(static_cast<int64_t>(state)).bind(static_cast<int64_t>(limit));
    return read_all(select);
}

Result<std::vector<OperationRow>> recent_operations(Database& database, const ActorId& account,
                                                    const ProjectRow& project, size_t limit) {
    Statement select = CS_TRY(database.prepare(concat(kSelect,
                                                      " JOIN stream ON stream.stream = operation.stream WHERE "
                                                      "stream.account = ? AND stream.project = ? ORDER BY at_us DESC, "
                                                      "operation.seq DESC LIMIT ?")));
    select.bind(account.text).bind(project.no).bind(static_cast<int64_t>(limit));
    return read_all(select);
}

Result<OperationCounts> count_operations(Database& database, const ActorId& account) {
    OperationCounts counts;
    Statement select = CS_TRY(database.prepare(
        "SELECT sum(o.seq > s.saved), sum(o.seq <= s.saved AND o.seq > s.sealed), sum(o.seq <= s.sealed AND o.seq > "
        "s.stable), sum(o.seq <= s.stable), sum(o.state = 2), min(CASE WHEN o.seq > s.saved THEN o.at_us END) "
        "FROM stream AS s JOIN operation AS o ON o.stream = s.stream WHERE s.account = ?"));
    select.bind(account.text);
    if (CS_TRY(select.step())) {
        counts.on_device = select.integer(0);
        counts.saved = select.integer(1);
        counts.sealed = select.integer(2);
        counts.stable = select.integer(3);
        counts.quarantined = select.integer(4);
        if (!select.is_null(5)) {
            counts.oldest_on_device = Instant{select.integer(5)};
        }
    }
    return counts;
}

Level level_of(const StreamRow& stream, uint64_t seq) {
    if (seq <= stream.levels.stable) {
        return Level::stable;
    }
    if (seq <= stream.levels.sealed) {
        return Level::sealed;
    }
    return seq <= stream.levels.saved ? Level::saved : Level::on_device;
}

Result<int64_t> forget_stable(Database& database, Instant before) {
    Statement remove = CS_TRY(database.prepare(
        "DELETE FROM operation WHERE state = 1 AND at_us < ? AND seq <= (SELECT stable FROM stream WHERE stream.stream "
        "= operation.stream) AND seq < (SELECT saved FROM stream WHERE stream.stream = operation.stream)"));
    CS_TRY_STATUS(remove.bind(before.us).run());
    return database.changes();
}

Status confirm_operation(Database& database, const StreamId& stream, uint64_t seq, const Digest& hash,
                         const Confirmation& by) {
    Statement update = CS_TRY(database.prepare(
        "UPDATE operation SET state = ?, reason = ?, event_seq = ? WHERE stream = ? AND seq = ? AND hash = ?"));
    update.bind(static_cast<int64_t>(by.state)).bind(by.reason).bind(static_cast<int64_t>(by.event));
    return update.bind(stream.text).bind(static_cast<int64_t>(seq)).bind_blob(hash.view()).run();
}

Status settle_operation(Database& database, const OperationId& id, OperationState state, std::string_view reason) {
    Statement update =
        CS_TRY(database.prepare("UPDATE operation SET state = ?, reason = ? WHERE op = ? AND state > 1"));
    return update.bind(static_cast<int64_t>(state)).bind(reason).bind(id.text).run();
}

Status unconfirm_after(Database& database, const ProjectRow& project, EventSeq after) {
    Statement update = CS_TRY(database.prepare(
        "UPDATE operation SET state = 0, reason = '', event_seq = NULL WHERE project = ? AND event_seq > ?"));
    return update.bind(project.no).bind(static_cast<int64_t>(after)).run();
}

Status lower_levels(Database& database, StreamRow stream) {
    Statement select =
        CS_TRY(database.prepare("SELECT min(seq) FROM operation WHERE stream = ? AND event_seq IS NULL"));
    select.bind(stream.stream.text);
    if (!CS_TRY(select.step()) || select.is_null(0)) {
        return success();
    }
    const auto recorded = static_cast<uint64_t>(CS_TRY(select.integer_within(0, 1, INT64_MAX))) - 1;
    stream.levels.saved = std::min(stream.levels.saved, recorded);
    stream.levels.sealed = std::min(stream.levels.sealed, recorded);
    stream.levels.stable = std::min(stream.levels.stable, recorded);
    return save_stream(database, stream);
}

Status raise_stable(Database& database, const ProjectRow& project) {
    for (StreamRow& stream : CS_TRY(streams_of_project(database, project))) {
        const uint64_t before = stream.levels.stable;
        const uint64_t kept = CS_TRY(confirmed_below(database, stream, before, project.stable_seq));
        stream.levels.stable = std::max(before, std::min(kept, stream.levels.sealed));
        if (stream.levels.stable != before) {
            CS_TRY_STATUS(save_stream(database, stream));
        }
    }
    return success();
}

Result<uint64_t> confirmed_below(Database& database, const StreamRow& stream, uint64_t from, EventSeq size) {
    Statement select = CS_TRY(database.prepare(
        "SELECT min(seq) FROM operation WHERE stream = ? AND seq > ? AND (event_seq IS NULL OR event_seq > ?)"));
    select.bind(stream.stream.text).bind(static_cast<int64_t>(from)).bind(static_cast<int64_t>(size));
    const bool any = CS_TRY(select.step()) && !select.is_null(0);
    return any ? static_cast<uint64_t>(CS_TRY(select.integer_within(0, 1, INT64_MAX))) - 1 : stream.head.seq;
}

Result<std::vector<EventSeq>> events_above(Database& database, const StreamRow& stream, uint64_t from, uint64_t to) {
    Statement select = CS_TRY(database.prepare(
        "SELECT event_seq FROM operation WHERE stream = ? AND seq > ? AND seq <= ? AND event_seq IS NOT NULL ORDER BY "
        "event_seq"));
    select.bind(stream.stream.text).bind(static_cast<int64_t>(from)).bind(static_cast<int64_t>(to));
    std::vector<EventSeq> out;
    while (CS_TRY(select.step())) {
        out.push_back(static_cast<EventSeq>(CS_TRY(select.integer_within(0, 1, INT64_MAX))));
    }
    return out;
}

Result<Instant> newest_operation(Database& database) {
    Statement select = CS_TRY(database.prepare("SELECT max(at_us) FROM operation"));
    CS_TRY(select.step());
    return Instant{select.integer(0)};
}

}  // namespace countersign::store

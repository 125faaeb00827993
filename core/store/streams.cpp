#include "core/store/streams.h"

#include "core/base/concat.h"

namespace countersign::store {

namespace {

constexpr std::string_view kSelect =
    "SELECT stream, project, account, device, key, secret, state, seq, hash, signed_seq, signature, announced, "
    "announced_items, saved, sealed, stable, cut, opened_us, heard_us, reason, replaces FROM stream";

Result<StreamRow> read_row(const Statement& row) {
    StreamRow out;
    out.stream = StreamId(std::string(row.text(0)));
    out.project_no = row.integer(1);
    out.account = ActorId(std::string(row.text(2)));
    out.device = DeviceId(std::string(row.text(3)));
    out.key = std::string(row.blob(4));
    out.secret = std::string(row.blob(5));
    out.state = static_cast<StreamState>(CS_TRY(row.integer_within(6, 0, static_cast<int64_t>(StreamState::revoked))));
    out.head = {CS_TRY(row.count(7)), CS_TRY(digest_from_bytes(row.blob(8)))};
    out.signed_seq = CS_TRY(row.count(9));
    out.signature = std::string(row.blob(10));
    out.announced = CS_TRY(row.count(11));
    out.announced_items = std::string(row.text(12));
    out.levels = {CS_TRY(row.count(13)), CS_TRY(row.count(14)), CS_TRY(row.count(15))};
    if (!row.is_null(16)) {
        out.cut = CS_TRY(row.count(16));
    }
    out.opened.us = row.integer(17);
    out.heard.us = row.integer(18);
    out.reason = std::string(row.text(19));
    out.replaces = StreamId(std::string(row.text(20)));
    return out;
}

Result<std::vector<StreamRow>> read_all(Statement& select) {
    std::vector<StreamRow> out;
    while (CS_TRY(select.step())) {
        out.push_back(CS_TRY(read_row(select)));
    }
    return out;
}

void bind_count(Statement& statement, uint64_t number) {
    statement.bind(static_cast<int64_t>(number));
}

void bind_blob_or_null(Statement& statement, std::string_view bytes) {
    if (bytes.empty()) {
        statement.bind_null();
    } else {
        statement.bind_blob(bytes);
    }
}

// What add_stream() and save_stream() both write, in this order.
void bind_moving(Statement& statement, const StreamRow& row) {
    bind_blob_or_null(statement, row.secret);
    statement.bind(static_cast<int64_t>(row.state));
    bind_count(statement, row.head.seq);
    statement.bind_blob(row.head.hash.view());
    bind_count(statement, row.signed_seq);
    bind_blob_or_null(statement, row.signature);
    bind_count(statement, row.announced);
    statement.bind(row.announced_items.empty() ? std::string_view("[]") : std::string_view(row.announced_items));
    bind_count(statement, row.levels.saved);
    bind_count(statement, row.levels.sealed);
    bind_count(statement, row.levels.stable);
    if (row.cut) {
        bind_count(statement, *row.cut);
    } else {
        statement.bind_null();
    }
    statement.bind(row.heard.us);
}

}  // namespace

Status add_stream(Database& database, const StreamRow& row) {
    Statement insert = CS_TRY(database.prepare(
        "INSERT INTO stream(secret, state, seq, hash, signed_seq, signature, announced, announced_items, saved, "
        "sealed, stable, cut, heard_us, stream, project, account, device, key, opened_us, reason, replaces) VALUES "
        "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"));
    bind_moving(insert, row);
    insert.bind(row.stream.text).bind(row.project_no).bind(row.account.text).bind(row.device.text);
    insert.bind_blob(row.key).bind(row.opened.us);
    return insert.bind(row.reason).bind(row.replaces.text).run();
}

Status save_stream(Database& database, const StreamRow& row) {
    Statement update = CS_TRY(database.prepare(
        "UPDATE stream SET secret = ?, state = ?, seq = ?, hash = ?, signed_seq = ?, signature = ?, announced = ?, "
        "announced_items = ?, saved = ?, sealed = ?, stable = ?, cut = ?, heard_us = ? WHERE stream = ?"));
    bind_moving(update, row);
    return update.bind(row.stream.text).run();
}

Status set_reason(Database& database, const StreamId& stream, std::string_view reason) {
    Statement update = CS_TRY(database.prepare("UPDATE stream SET reason = ? WHERE stream = ?"));
    return update.bind(reason).bind(stream.text).run();
}

Result<std::optional<StreamRow>> find_stream(Database& database, const StreamId& stream) {
    Statement select = CS_TRY(database.prepare(concat(kSelect, " WHERE stream = ?")));
    select.bind(stream.text);
    if (!CS_TRY(select.step())) {
        return std::optional<StreamRow>();
    }
    return std::optional<StreamRow>(CS_TRY(read_row(select)));
}

Result<StreamRow> known_stream(Database& database, const StreamId& stream) {
    auto found = CS_TRY(find_stream(database, stream));
    if (!found) {
        return fail(ErrorCode::corrupt, "the store is damaged: a stream is not there; put a copy of it in its place",
                    stream.text);
    }
    return std::move(*found);
}

Result<std::vector<StreamRow>> streams_of(Database& database, const ActorId& account, const ProjectRow* project) {
    if (project == nullptr) {
        Statement select = CS_TRY(database.prepare(concat(kSelect, " WHERE account = ? ORDER BY opened_us, stream")));
        select.bind(account.text);
        return read_all(select);
    }
    Statement select =
        CS_TRY(database.prepare(concat(kSelect, " WHERE account = ? AND project = ? ORDER BY opened_us, stream")));
    select.bind(account.text).bind(project->no);
    return read_all(select);
}

Result<std::vector<StreamRow>> streams_of_project(Database& database, const ProjectRow& project) {
    Statement select = CS_TRY(database.prepare(concat(kSelect, " WHERE project = ? ORDER BY opened_us, stream")));
    select.bind(project.no);
    return read_all(select);
}

Result<std::vector<StreamRow>> streams_of_device(Database& database, const DeviceId& device) {
    Statement select = CS_TRY(database.prepare(concat(kSelect, " WHERE device = ? ORDER BY opened_us, stream")));
    select.bind(device.text);
    return read_all(select);
}

Result<std::optional<StreamRow>> open_stream(Database& database, const ActorId& account, const ProjectRow& project) {
    Statement select = CS_TRY(database.prepare(
        concat(kSelect, " WHERE account = ? AND project = ? AND state = 0 ORDER BY opened_us DESC, stream LIMIT 1")));
    select.bind(account.text).bind(project.no);
    if (!CS_TRY(select.step())) {
        return std::optional<StreamRow>();
    }
    return std::optional<StreamRow>(CS_TRY(read_row(select)));
}

}  // namespace countersign::store

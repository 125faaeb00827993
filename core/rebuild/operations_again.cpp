#include "core/rebuild/operations_again.h"

#include "core/log/envelope.h"
#include "core/store/items.h"
#include "core/store/ledger.h"

namespace countersign::rebuild {

namespace {

// Where an operation is, by the event that records it.
struct Place {
    StreamId stream;
    uint64_t seq = 0;
    Digest hash;
};

// What no event has.
struct Kept {
    std::string bytes;
    Instant at;
    store::OperationState state = store::OperationState::recorded;
    std::string reason;
};

Result<std::optional<Kept>> read_kept(store::Database& database, const Place& place) {
    store::Statement select = CS_TRY(database.prepare(
        "SELECT bytes, at_us, state, reason FROM temp.operation_before WHERE stream = ? AND seq = ? AND hash = ?"));
    select.bind(place.stream.text).bind(static_cast<int64_t>(place.seq)).bind_blob(place.hash.view());
    if (!CS_TRY(select.step())) {
        return std::optional<Kept>();
    }
    return std::optional<Kept>(Kept{std::string(select.text(0)), Instant{select.integer(1)},
                                    static_cast<store::OperationState>(select.integer(2)),
                                    std::string(select.text(3))});
}

// An operation that waits only for its item: the words that judging has for it (core/api/judge_one.cpp).
bool waits_for_item(const OperationQuarantined& body) {
    return body.code == ErrorCode::not_found && body.reason.starts_with("item: ");
}

}  // namespace

Status OperationsAgain::begin() {
    return database_.execute(
        "DROP TABLE IF EXISTS temp.operation_before;"
        "CREATE TEMP TABLE operation_before(stream, seq, hash, bytes, state, reason, at_us, PRIMARY KEY (stream, seq, "
        "hash)) WITHOUT ROWID;"
        "INSERT INTO temp.operation_before SELECT stream, seq, hash, bytes, state, reason, at_us FROM main.operation "
        "WHERE event_seq IS NOT NULL;"
        "DELETE FROM main.operation WHERE event_seq IS NOT NULL");
}

Status OperationsAgain::finish() {
    return database_.execute("DROP TABLE temp.operation_before");
}

Status OperationsAgain::take(const store::ProjectRow& project, const Event& event, int64_t item_no) {
    if (const auto* settled = std::get_if<QuarantineSettled>(&event.body)) {
        return settle(project, *settled);
    }
    const bool quarantined = std::holds_alternative<OperationQuarantined>(event.body);
    const bool recorded = event.operation && !event.operation->bytes.empty();
    return quarantined || recorded ? record(project, event, item_no) : success();
}

Status OperationsAgain::record(const store::ProjectRow& project, const Event& event, int64_t item_no) {
    store::OperationRow row;
    row.bytes = event.operation ? event.operation->bytes : std::string();
    const auto envelope = row.bytes.empty() ? Result<Envelope>(Envelope{}) : read_envelope(row.bytes);
    if (!envelope.ok()) {
        return fail(ErrorCode::corrupt, envelope.error().text(), "op");
    }
    row.id = envelope.value().id;
    Place place{envelope.value().stream, envelope.value().seq, event.operation ? event.operation->hash : Digest{}};
    bool item_named = item_no != 0;
    if (const auto* waiting = std::get_if<OperationQuarantined>(&event.body)) {
        place = {waiting->stream, waiting->seq, waiting->hash};
        const bool unknown = waiting->code == ErrorCode::unimplemented;
        row.state = unknown ? store::OperationState::unknown : store::OperationState::quarantined;
        row.reason = waiting->reason;
        item_named = item_named || waits_for_item(*waiting);
    } else {
        row.state = store::OperationState::recorded;
    }
    row.stream = place.stream;
    row.seq = place.seq;
    row.hash = place.hash;
    row.item = item_named ? envelope.value().item : ItemId();
    row.item_no = item_no;
    row.event = event.seq;
    const auto kept = CS_TRY(read_kept(database_, place));
    row.at = kept ? kept->at : event.at;
    if (row.bytes.empty() && kept) {
        row.bytes = kept->bytes;
    }
    return store::add_operation(database_, project, row);
}

Status OperationsAgain::settle(const store::ProjectRow& project, const QuarantineSettled& settled) {
    store::Statement select =
        CS_TRY(database_.prepare("SELECT stream, seq, event_seq, item FROM operation WHERE op = ? AND hash = ? AND "
                                 "project = ? AND state IN (2, 4) "
                                 "ORDER BY event_seq LIMIT 1"));
    select.bind(settled.id.text).bind_blob(settled.operation.view()).bind(project.no);
    if (!CS_TRY(select.step())) {
        return success();
    }
    store::OperationRow row;
    row.stream = StreamId(std::string(select.text(0)));
    row.seq = static_cast<uint64_t>(select.integer(1));
    row.hash = settled.operation;
    row.event = static_cast<EventSeq>(select.integer(2));
    row.item_no = select.integer(3);
    row.state = settled.admitted ? store::OperationState::recorded : store::OperationState::rejected;
    return store::set_operation(database_, row);
}

Status OperationsAgain::adopt(const store::ProjectRow& project, const ItemId& item, int64_t item_no) {
    for (store::OperationRow& row : CS_TRY(store::waiting_for_item(database_, project, item))) {
        CS_CHECK(row.event.has_value());
        CS_TRY_STATUS(store::adopt_events(database_, project, {*row.event}, item_no));
        row.item_no = item_no;
        // Looked at again then: why it still waits, no event says.
        const auto kept = CS_TRY(read_kept(database_, {row.stream, row.seq, row.hash}));
        if (kept && kept->state == store::OperationState::quarantined) {
            row.reason = kept->reason;
        }
        CS_TRY_STATUS(store::set_operation(database_, row));
    }
    return success();
}

}  // namespace countersign::rebuild

#include "core/store/ledger.h"

#include <set>

#include "core/base/concat.h"
#include "core/log/leaf.h"
#include "core/store/operations.h"
#include "core/workflow/apply.h"

namespace countersign::store {

namespace {

constexpr int64_t kSeqSpan = int64_t{1} << 40;
constexpr auto kRejected = static_cast<int64_t>(OperationState::rejected);

// A number may come from a request, from another's server, or from a damaged row.
Result<int64_t> key_of(const ProjectRow& project, EventSeq seq) {
    if (seq >= static_cast<EventSeq>(kSeqSpan)) {
        return fail(ErrorCode::invalid_argument, concat(seq, " is beyond any event's number"), "seq");
    }
    return project.no * kSeqSpan + static_cast<int64_t>(seq);
}

int64_t end_of(const ProjectRow& project) {
    return (project.no + 1) * kSeqSpan;
}

Status insert_event(Statement insert, int64_t key, const StoredEvent& event, std::string_view type) {
    insert.bind(key);
    if (event.item_no == 0) {
        insert.bind_null();
    } else {
        insert.bind(event.item_no);
    }
    return insert.bind(type).bind(event.leaf).bind(int64_t{event.ends ? 1 : 0}).run();
}

StoredEvent read_row(const Statement& row) {
    return {static_cast<EventSeq>(row.integer(0) % kSeqSpan), std::string(row.text(1)), row.integer(2),
            row.integer(3) != 0};
}

Error damaged(const ItemId& id, std::string_view how) {
    return fail(ErrorCode::corrupt, concat("the store is damaged: ", how, "; put a copy of it in its place"),
                concat("item '", id.text, "'"));
}

Result<std::vector<StoredEvent>> read_all(Statement& select) {
    std::vector<StoredEvent> out;
    while (CS_TRY(select.step())) {
        out.push_back(read_row(select));
    }
    return out;
}

}  // namespace

Result<Ledger::Prepared> Ledger::prepare(Event event) const {
    event.seq = project_.head_seq + 1;
    return Prepared{event.seq, CS_TRY(encode_leaf(project_.id, event)), event_type(event.body)};
}

Result<StoredEvent> Ledger::append(Event event, int64_t item_no, Commit commit) {
    return append(CS_TRY(prepare(std::move(event))), item_no, commit);
}

Result<StoredEvent> Ledger::append(Prepared event, int64_t item_no, Commit commit) {
    CS_CHECK(database_.in_transaction());
    CS_CHECK(event.seq == project_.head_seq + 1);
    StoredEvent stored{event.seq, std::move(event.leaf), item_no, commit == Commit::ends};
    Statement insert =
        CS_TRY(database_.prepare("INSERT INTO event(at_key, item, type, leaf, ends) VALUES (?, ?, ?, ?, ?)"));
    const int64_t key = CS_TRY(key_of(project_, event.seq));
    CS_TRY_STATUS(insert_event(std::move(insert), key, stored, event.type));
    project_.head_seq = event.seq;
    return stored;
}

Status store_pulled(Database& database, const ProjectRow& project, int64_t item_no, const StoredEvent& event,
                    std::string_view type) {
    StoredEvent mine = event;
    mine.item_no = item_no;
    // One that came while its item was not here belongs to it when it comes.
    Statement insert = CS_TRY(
        database.prepare("INSERT INTO event(at_key, item, type, leaf, ends) VALUES (?, ?, ?, ?, ?) ON CONFLICT(at_key) "
                         "DO UPDATE SET item = excluded.item WHERE item IS NULL"));
    const int64_t key = CS_TRY(key_of(project, event.seq));
    return insert_event(std::move(insert), key, mine, type);
}

Result<std::vector<StoredEvent>> read_events(Database& database, const ProjectRow& project, EventSeq after,
                                             size_t limit) {
    std::vector<StoredEvent> out;
    Statement select = CS_TRY(
        database.prepare("SELECT at_key, leaf, item, ends FROM event WHERE at_key > ? AND at_key < ? ORDER BY at_key"));
    select.bind(CS_TRY(key_of(project, after))).bind(end_of(project));
    while ((out.size() < limit || !out.back().ends) && CS_TRY(select.step())) {
        out.push_back(read_row(select));
    }
    return out;
}

Result<std::vector<StoredEvent>> read_run(Database& database, const ProjectRow& project, EventSeq after, size_t count) {
    Statement select = CS_TRY(database.prepare(
        "SELECT at_key, leaf, item, ends FROM event WHERE at_key > ? AND at_key < ? ORDER BY at_key LIMIT ?"));
    select.bind(CS_TRY(key_of(project, after))).bind(end_of(project)).bind(static_cast<int64_t>(count));
    return read_all(select);
}

Result<StoredEvent> read_event(Database& database, const ProjectRow& project, EventSeq seq) {
    Statement select = CS_TRY(database.prepare("SELECT at_key, leaf, item, ends FROM event WHERE at_key = ?"));
    select.bind(CS_TRY(key_of(project, seq)));
    if (!CS_TRY(select.step())) {
        return fail(ErrorCode::not_found, concat("the project '", project.id.text, "' has no event ", seq), "seq");
    }
    return read_row(select);
}

Result<std::vector<StoredEvent>> read_incidents(Database& database, const ProjectRow& project, size_t limit) {
    Statement select = CS_TRY(database.prepare(
        "SELECT at_key, leaf, item, ends FROM event WHERE at_key > ? AND at_key < ? AND type IN ('stream_forked', "
        "'work_lost', 'contradiction_found', 'operation_quarantined', 'epoch_started', 'rights_revoked', "
        "'rights_restored', 'tier_closed') ORDER BY at_key DESC LIMIT ?"));
    select.bind(CS_TRY(key_of(project, 0))).bind(end_of(project)).bind(static_cast<int64_t>(limit));
    return read_all(select);
}

Result<std::vector<StoredEvent>> read_tier_facts(Database& database, const ProjectRow& project) {
    Statement select = CS_TRY(
        database.prepare("SELECT at_key, leaf, item, ends FROM event WHERE at_key > ? AND at_key < ? AND type IN "
                         "('calibration_chosen', 'tier_certified', 'tier_closed') ORDER BY at_key"));
    select.bind(CS_TRY(key_of(project, 0))).bind(end_of(project));
    return read_all(select);
}

Result<std::vector<StoredEvent>> read_policy_facts(Database& database, const ProjectRow& project) {
    Statement select = CS_TRY(
        database.prepare("SELECT at_key, leaf, item, ends FROM event WHERE at_key > ? AND at_key < ? AND type IN "
                         "('policy_proposed', 'policy_change_withdrawn', 'policy_approved') ORDER BY at_key"));
    select.bind(CS_TRY(key_of(project, 0))).bind(end_of(project));
    return read_all(select);
}

Result<std::vector<StoredEvent>> read_erasures(Database& database, const ProjectRow& project, EventSeq after,
                                               EventSeq until) {
    Statement select = CS_TRY(
        database.prepare("SELECT at_key, leaf, item, ends FROM event WHERE type = 'subject_erased' AND at_key > ? AND "
                         "at_key <= ? ORDER BY at_key"));
    const int64_t from = CS_TRY(key_of(project, after));
    select.bind(from).bind(CS_TRY(key_of(project, until)));
    return read_all(select);
}

Result<std::vector<StoredEvent>> read_fates(Database& database, const ProjectRow& project, const DeviceId& device) {
    constexpr std::string_view kOperations =
        "SELECT operation.event_seq, operation.op, operation.state FROM stream JOIN operation ON operation.stream = "
        "stream.stream WHERE stream.device = ? AND stream.project = ? AND operation.item IS NULL AND "
        "operation.event_seq IS NOT NULL ORDER BY operation.event_seq";
    Statement operations = CS_TRY(database.prepare(kOperations));
    operations.bind(device.text).bind(project.no);
    std::vector<StoredEvent> out;
    std::set<std::string, std::less<>> settled;
    while (CS_TRY(operations.step())) {
        out.push_back(CS_TRY(read_event(database, project, static_cast<EventSeq>(operations.integer(0)))));
        if (operations.integer(2) == kRejected) {
            settled.emplace(operations.text(1));
        }
    }
    if (settled.empty()) {
        return out;
    }
    Statement words = CS_TRY(database.prepare(
        "SELECT at_key, leaf, item, ends FROM event WHERE at_key > ? AND at_key < ? AND item IS NULL AND type = "
        "'quarantine_settled' ORDER BY at_key"));
    words.bind(CS_TRY(key_of(project, out.front().seq))).bind(end_of(project));
    for (StoredEvent& stored : CS_TRY(read_all(words))) {
        const auto event = decode_leaf(stored.leaf);
        const auto* word = event.ok() ? std::get_if<QuarantineSettled>(&event.value().body) : nullptr;
        if (word != nullptr && settled.contains(word->id.text)) {
            out.push_back(std::move(stored));
        }
    }
    return out;
}

Status drop_events_after(Database& database, const ProjectRow& project, EventSeq after) {
    Statement remove = CS_TRY(database.prepare("DELETE FROM event WHERE at_key > ? AND at_key < ?"));
    return remove.bind(CS_TRY(key_of(project, after))).bind(end_of(project)).run();
}

Status keep_item_events(Database& database, int64_t item_no, const std::set<EventSeq>& events) {
    std::vector<int64_t> others;
    {
        Statement select = CS_TRY(database.prepare("SELECT at_key FROM event WHERE item = ?"));
        select.bind(item_no);
        while (CS_TRY(select.step())) {
            if (!events.contains(static_cast<EventSeq>(select.integer(0) % kSeqSpan))) {
                others.push_back(select.integer(0));
            }
        }
    }
    for (const int64_t key : others) {
        Statement detach = CS_TRY(database.prepare("UPDATE event SET item = NULL WHERE at_key = ?"));
        CS_TRY_STATUS(detach.bind(key).run());
    }
    return success();
}

Result<std::vector<StoredEvent>> read_item_events(Database& database, int64_t item_no) {
    Statement select =
        CS_TRY(database.prepare("SELECT at_key, leaf, item, ends FROM event WHERE item = ? ORDER BY at_key"));
    select.bind(item_no);
    return read_all(select);
}

Status adopt_events(Database& database, const ProjectRow& project, const std::vector<EventSeq>& events,
                    int64_t item_no) {
    for (const EventSeq seq : events) {
        Statement update = CS_TRY(database.prepare("UPDATE event SET item = ? WHERE at_key = ?"));
        CS_TRY_STATUS(update.bind(item_no).bind(CS_TRY(key_of(project, seq))).run());
    }
    return success();
}

Result<ItemState> load_held_state(Database& database, const ItemId& id, int64_t item_no) {
    ItemState state;
    state.id = id;
    if (item_no == 0) {
        return state;
    }
    const std::vector<StoredEvent> events = CS_TRY(read_item_events(database, item_no));
    for (const StoredEvent& stored : events) {
        auto event = decode_leaf(stored.leaf);
        // A type that this version does not know has no effect here; its bytes stay.
        if (!event.ok() && event.error().code == ErrorCode::unimplemented) {
            continue;
        }
        if (!event.ok()) {
            return damaged(id, concat("event ", stored.seq, " cannot be read, ", event.error().text()));
        }
        if (event.value().item != id) {
            return damaged(id, concat("event ", stored.seq, " stands with this item and is another's"));
        }
        apply(state, event.value());
    }
    return state;
}

Result<ItemState> load_state(Database& database, const ItemId& id, int64_t item_no) {
    ItemState state = CS_TRY(load_held_state(database, id, item_no));
    if (item_no != 0 && !state.known()) {
        return damaged(id, "its first event is not there");
    }
    return state;
}

}  // namespace countersign::store

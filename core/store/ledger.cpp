#include "core/store/ledger.h"

#include "core/base/concat.h"
#include "core/log/leaf.h"
#include "core/workflow/apply.h"

namespace countersign::store {

namespace {

constexpr int64_t kSeqSpan = int64_t{1} << 40;

// A number may come from a request, from another's server, or from a damaged row.
Result<int64_t> key_of(const ProjectRow& project, EventSeq seq) {
    if (seq >= static_cast<EventSeq>(kSeqSpan)) {
        return fail(ErrorCode::invalid_argument, concat(seq, " is beyond any event's number"), "seq");
    }
    return project.no * kSeqSpan + static_cast<int64_t>(seq);
}

Status insert_event(Statement insert, int64_t key, const StoredEvent& event, std::string_view type,
                    const Digest* link) {
    insert.bind(key);
    if (event.item_no == 0) {
        insert.bind_null();
    } else {
        insert.bind(event.item_no);
    }
    insert.bind(type).bind(event.leaf);
    if (link == nullptr) {
        insert.bind_null();
    } else {
        insert.bind_blob(link->view());
    }
    return insert.run();
}

Error damaged(const ItemId& id, std::string_view how) {
    return fail(ErrorCode::corrupt, concat("the store is damaged: ", how, "; put a copy of it in its place"),
                concat("item '", id.text, "'"));
}

Result<std::vector<StoredEvent>> read_all(Statement& select) {
    std::vector<StoredEvent> out;
    while (CS_TRY(select.step())) {
        out.push_back(
            {static_cast<EventSeq>(select.integer(0) % kSeqSpan), std::string(select.text(1)), select.integer(2)});
    }
    return out;
}

}  // namespace

Result<Ledger::Prepared> Ledger::prepare(Event event) const {
    event.seq = project_.head_seq + 1;
    return Prepared{event.seq, CS_TRY(encode_leaf(project_.id, event)), event_type(event.body)};
}

Result<StoredEvent> Ledger::append(Event event, int64_t item_no) {
    return append(CS_TRY(prepare(std::move(event))), item_no);
}

Result<StoredEvent> Ledger::append(Prepared event, int64_t item_no) {
    CS_CHECK(database_.in_transaction());
    CS_CHECK(event.seq == project_.head_seq + 1);
    StoredEvent stored{event.seq, std::move(event.leaf), item_no};
    const Digest link = next_link(project_.head_link, leaf_hash(stored.leaf));
    Statement insert =
        CS_TRY(database_.prepare("INSERT INTO event(at_key, item, type, leaf, link) VALUES (?, ?, ?, ?, ?)"));
    const int64_t key = CS_TRY(key_of(project_, event.seq));
    CS_TRY_STATUS(insert_event(std::move(insert), key, stored, event.type, &link));
    project_.head_seq = event.seq;
    project_.head_link = link;
    return stored;
}

Status store_pulled(Database& database, const ProjectRow& project, int64_t item_no, const StoredEvent& event,
                    std::string_view type) {
    Statement insert =
        CS_TRY(database.prepare("INSERT OR IGNORE INTO event(at_key, item, type, leaf, link) VALUES (?, ?, ?, ?, ?)"));
    const int64_t key = CS_TRY(key_of(project, event.seq));
    return insert_event(std::move(insert), key, {event.seq, event.leaf, item_no}, type, nullptr);
}

Result<std::vector<StoredEvent>> read_events(Database& database, const ProjectRow& project, EventSeq after,
                                             size_t limit) {
    Statement select = CS_TRY(database.prepare(
        "SELECT at_key, leaf, item FROM event WHERE at_key > ? AND at_key < ? ORDER BY at_key LIMIT ?"));
    select.bind(CS_TRY(key_of(project, after))).bind((project.no + 1) * kSeqSpan).bind(static_cast<int64_t>(limit));
    return read_all(select);
}

Result<std::vector<StoredEvent>> read_changes(Database& database, const ProjectRow& project, EventSeq after,
                                              size_t limit) {
    Statement select =
        CS_TRY(database.prepare("SELECT at_key, leaf, item FROM event WHERE at_key > ? AND at_key < ? AND type <> "
                                "'item_ingested' ORDER BY at_key LIMIT ?"));
    select.bind(CS_TRY(key_of(project, after))).bind((project.no + 1) * kSeqSpan).bind(static_cast<int64_t>(limit));
    return read_all(select);
}

Result<std::vector<StoredEvent>> read_item_events(Database& database, int64_t item_no) {
    Statement select = CS_TRY(database.prepare("SELECT at_key, leaf, item FROM event WHERE item = ? ORDER BY at_key"));
    select.bind(item_no);
    return read_all(select);
}

Result<ItemState> load_state(Database& database, const ItemId& id, int64_t item_no) {
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
    if (!state.known()) {
        return damaged(id, "none of its events is there");
    }
    return state;
}

}  // namespace countersign::store

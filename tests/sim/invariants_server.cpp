// Invariants of the server's store, when all is quiet.

#include <algorithm>

#include "core/base/concat.h"
#include "core/log/leaf.h"
#include "core/store/items.h"
#include "core/store/leases.h"
#include "core/store/ledger.h"
#include "core/workflow/resolve.h"
#include "tests/sim/invariants.h"
#include "tests/sim/world.h"

namespace countersign::sim {

namespace {

constexpr size_t kWholeLog = 1'000'000;

struct Recorded {
    std::map<std::string, int> events;  // that record an operation, by its hash
    std::set<std::string> forks;        // streams that were reported
};

Recorded read_log(World& world, const store::ProjectRow& project) {
    Recorded out;
    EventSeq seq = 0;
    for (const store::StoredEvent& stored :
         store::read_events(world.server.database(), project, 0, kWholeLog).value()) {
        const auto event = decode_leaf(stored.leaf);
        if (stored.seq != ++seq || !event.ok() || event.value().seq != seq) {
            world.breach("I10", concat(project.id.text, ": event ", seq, " is missing or cannot be read"));
            return out;
        }
        const auto* quarantined = std::get_if<OperationQuarantined>(&event.value().body);
        if (event.value().operation) {
            ++out.events[to_hex(event.value().operation->hash)];
        } else if (quarantined != nullptr) {
            ++out.events[to_hex(quarantined->hash)];
        }
        if (const auto* forked = std::get_if<StreamForked>(&event.value().body)) {
            out.forks.insert(forked->stream.text);
        }
    }
    return out;
}

// One operation where it stands: its hash, whose it is, and the one event that records it.
void check_operation(World& world, const store::OperationRow& row, const Recorded& recorded) {
    const std::string place = key_of(row.stream, row.seq, row.hash);
    const auto events = recorded.events.find(to_hex(row.hash));
    const int count = events == recorded.events.end() ? 0 : events->second;
    if (count != 1) {
        world.breach("I4", concat(place, " is in the log ", count, " times"));
    }
    if (operation_hash(row.bytes) != row.hash) {
        world.breach("I13", concat(place, " is not what its hash says"));
    }
    const auto stream = store::find_stream(world.server.database(), row.stream).value();
    const auto person = world.people_of.find(row.id.text);
    if (stream && person != world.people_of.end() && stream->account != person->second) {
        world.breach("I4",
                     concat(place, " is '", person->second.text, "'s and stands as '", stream->account.text, "'s"));
    }
}

void check_stream(World& world, const store::StreamRow& stream, const Recorded& recorded) {
    const auto rows = store::stream_run(world.server.database(), stream.stream, 0, kWholeLog).value();
    bool forked = false;
    bool head = stream.head.seq == 0;
    std::set<std::string> chain{concat(0, to_hex(Digest{}))};
    for (const store::OperationRow& row : rows) {
        chain.insert(concat(row.seq, to_hex(row.hash)));
        head = head || (row.seq == stream.head.seq && row.hash == stream.head.hash);
    }
    for (size_t i = 0; i < rows.size(); ++i) {
        forked = forked || (i > 0 && rows[i].seq == rows[i - 1].seq);
        const auto envelope = read_envelope(rows[i].bytes);
        if (envelope.ok() && !chain.contains(concat(rows[i].seq - 1, to_hex(envelope.value().prev)))) {
            world.breach("I3", concat(key_of(rows[i].stream, rows[i].seq, rows[i].hash), " follows nothing"));
        }
    }
    if (!head) {
        world.breach("I3", concat(stream.stream.text, ": its head ", stream.head.seq, " is not there"));
    }
    if (forked && !recorded.forks.contains(stream.stream.text)) {
        world.breach("I3", concat(stream.stream.text, " has two branches, and nobody is told"));
    }
}

// Rows are what the events add up to: made anew, compared, undone.
void check_rows(World& world) {
    store::Database& database = world.server.database();
    const auto rows = [&] { return dump_table(database, "item") + dump_table(database, "lease"); };
    const std::string before = rows();
    store::Transaction transaction(database);
    static_cast<void>(transaction.begin());
    for (const store::ProjectRow& project : world.server.projects()) {
        for (const auto& [no, id] : items_of(database, project)) {
            const ItemState state = store::load_state(database, id, no).value();
            static_cast<void>(store::save_item(database, no, state, false));
            static_cast<void>(store::save_leases(database, no, state));
        }
    }
    if (rows() != before) {
        world.breach("I10", "the server's rows are not what its log adds up to");
    }
}

}  // namespace

std::vector<std::pair<int64_t, ItemId>> items_of(store::Database& database, const store::ProjectRow& project) {
    std::vector<std::pair<int64_t, ItemId>> out;
    auto select = database.prepare("SELECT no, id FROM item WHERE project = ? ORDER BY no").value();
    select.bind(project.no);
    while (select.step().value()) {
        out.emplace_back(select.integer(0), ItemId(std::string(select.text(1))));
    }
    return out;
}

void check_server(World& world) {
    check_acknowledged(world);
    for (const store::ProjectRow& project : world.server.projects()) {
        const Recorded recorded = read_log(world, project);
        for (const store::OperationRow& row : all_operations(world.server.database())) {
            if (row.project_no == project.no) {
                check_operation(world, row, recorded);
            }
        }
        for (const store::StreamRow& stream : store::streams_of_project(world.server.database(), project).value()) {
            check_stream(world, stream, recorded);
        }
    }
    check_rows(world);
}

namespace {

bool counts(const Review& review) {
    return review.standing == DecisionStanding::effective && review.draft.verdict != Verdict::skip;
}

void check_counting(World& world, const ItemState& state) {
    std::set<std::string> ids;
    std::set<std::string> people;
    for (const Review& review : state.reviews) {
        if (!ids.insert(review.id.text).second) {
            world.breach("I4", concat(state.id.text, ": decision ", review.id.text, " is there twice"));
        }
        if (counts(review) && !people.insert(review.reviewer.text).second) {
            world.breach("I4", concat(state.id.text, ": '", review.reviewer.text, "' counts twice"));
        }
    }
}

void check_fences(World& world, const ItemState& state) {
    for (const Review& low : state.reviews) {
        for (const Review& high : state.reviews) {
            const bool same_slot = counts(low) && low.lease && high.lease && low.lease->slot == high.lease->slot &&
                                   low.lease->fence < high.lease->fence;
            const bool ousted = high.standing == DecisionStanding::extra && high.reason == StandingReason::lower_fence;
            if (same_slot && (counts(high) || ousted)) {
                world.breach("I6", concat(state.id.text, ": fence ", to_text(low.lease->fence), " is effective over ",
                                          to_text(high.lease->fence)));
            }
        }
    }
}

std::string outcome(const ItemState& state) {
    std::map<std::string, std::string> standings;
    for (const Review& review : state.reviews) {
        standings[review.id.text] = concat(standing_name(review.standing), ' ', standing_reason_name(review.reason));
    }
    std::string out = concat(item_status_name(state.resolution.status), ' ', state.resolution.label.text);
    for (const auto& [id, standing] : standings) {
        out += concat("; ", id, ' ', standing);
    }
    return out;
}

void check_order(World& world, const ItemState& state) {
    const std::string before = outcome(state);
    ItemState other = state;
    std::reverse(other.reviews.begin(), other.reviews.end());
    resolve(other);
    for (size_t i = 0; i < other.reviews.size() && outcome(other) == before; ++i) {
        std::rotate(other.reviews.begin(), other.reviews.begin() + 1, other.reviews.end());
        resolve(other);
    }
    if (outcome(other) != before) {
        world.breach("I8", concat(state.id.text, " comes to \"", before, "\", in another order of arrival to \"",
                                  outcome(other), "\""));
    }
}

void check_flags(World& world, const ItemState& state) {
    for (const Review& review : state.reviews) {
        const bool ahead = review.claimed_at > review.recorded_at + Duration{6 * kMinute_us};
        if (ahead && !review.judged.clock_suspect && review.standing != DecisionStanding::quarantined &&
            review.quarantine_reason.empty()) {
            world.breach("I9", concat(state.id.text, ": ", review.id.text, " claims the future, and nobody says so"));
        }
    }
}

}  // namespace

void check_items(World& world) {
    for (const store::ProjectRow& project : world.server.projects()) {
        for (const auto& [no, id] : items_of(world.server.database(), project)) {
            const ItemState state = store::load_state(world.server.database(), id, no).value();
            check_counting(world, state);
            check_fences(world, state);
            check_order(world, state);
            check_flags(world, state);
        }
    }
}

}  // namespace countersign::sim

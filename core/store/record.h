#pragma once
// Writes what decide() gave for one item: events with their numbers as one commit, the item's row, its leases. Used by
// everything that changes an item on a server.
//
// Contract: inside an open transaction; Ledger::finish() is the caller's. Either all events are stored or, with
// exhausted, none (a leaf that would be too long is found before anything is written).

#include <vector>

#include "core/store/ledger.h"

namespace countersign::store {

// Who caused it, when, by which operation of a device.
struct Cause {
    ActorId actor;
    Instant at;
    std::optional<RecordedOperation> operation = {};  // stands in the first event
};

// The field of the error when an event is too long for the log.
inline constexpr std::string_view kTooLong = "event";

// `state` is the item's before, and its after. `item_no` is 0 when the item has no row yet: it gets one with the first
// event that makes it known.
Result<std::vector<EventSeq>> record_item_events(Database& database, ProjectRow& project, ItemState& state,
                                                 int64_t& item_no, const std::vector<EventBody>& bodies,
                                                 const Cause& cause);

// A fact about the project.
Result<EventSeq> record_project_event(Database& database, ProjectRow& project, EventBody body, const Cause& cause,
                                      Ledger::Commit commit = Ledger::Commit::ends);

}  // namespace countersign::store

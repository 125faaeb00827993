#pragma once
// The only way events enter a store.
//
//  1. Events get their numbers here: 1, 2, 3 ... without gaps, inside the transaction that stores them.
//  2. A leaf's bytes are made once, stored as they are hashed, and never changed or deleted.
//  3. The item's row is a projection: it is rewritten from the folded state in the same transaction.
//  4. A device stores the events that it is sent as they are; it never numbers any.
//  5. Events that belong together are one commit: the last of them says so, and no page of the feed ends in between.
//
// Contract: used inside an open transaction. append() changes the ProjectRow it was opened with; finish() writes it.

#include <set>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/model/item_state.h"
#include "core/store/projects.h"
#include "core/store/sqlite.h"

namespace countersign::store {

struct StoredEvent {
    EventSeq seq = 0;
    std::string leaf;
    int64_t item_no = 0;  // 0 for facts about the project
    bool ends = true;     // the last of its commit
};

class Ledger {
public:
    Ledger(Database& database, ProjectRow& project) : database_(database), project_(project) {}

    // An event as the next leaf, before anything is stored. exhausted when the leaf would be too long.
    struct Prepared {
        EventSeq seq = 0;
        std::string leaf;
        std::string_view type;
    };

    Result<Prepared> prepare(Event event) const;

    // Stores the event; `item_no` is 0 for facts about the project. Nothing came between prepare() and this.
    enum class Commit : uint8_t { ends, goes_on };

    Result<StoredEvent> append(Prepared prepared, int64_t item_no, Commit commit = Commit::ends);
    Result<StoredEvent> append(Event event, int64_t item_no, Commit commit = Commit::ends);

    Status finish() { return save_project(database_, project_); }

private:
    Database& database_;
    ProjectRow& project_;
};

// An event that a server numbered, on a device. Storing it again changes nothing.
Status store_pulled(Database& database, const ProjectRow& project, int64_t item_no, const StoredEvent& event,
                    std::string_view type);

// Events after `after`, ascending, at most `limit`, and then as many as their last commit still has.
Result<std::vector<StoredEvent>> read_events(Database& database, const ProjectRow& project, EventSeq after,
                                             size_t limit);
// Events after `after`, at most `count`, wherever their commits end.
Result<std::vector<StoredEvent>> read_run(Database& database, const ProjectRow& project, EventSeq after, size_t count);
// One event; not_found when there is none of this number.
Result<StoredEvent> read_event(Database& database, const ProjectRow& project, EventSeq seq);
// The newest that leads look at: forks, lost work, contradictions, restores, rights. Newest first.
Result<std::vector<StoredEvent>> read_incidents(Database& database, const ProjectRow& project, size_t limit);
// Calibrations and certificates of tiers, and what closed them, in their order.
Result<std::vector<StoredEvent>> read_tier_facts(Database& database, const ProjectRow& project);
// Proposed changes of the policy and what became of them, in their order.
Result<std::vector<StoredEvent>> read_policy_facts(Database& database, const ProjectRow& project);
// Erasures numbered above `after`, up to `until`.
Result<std::vector<StoredEvent>> read_erasures(Database& database, const ProjectRow& project, EventSeq after,
                                               EventSeq until);
// What became of a device's operations that belong to no item that is here: the events that record them, and what leads
// said of them. In their order.
Result<std::vector<StoredEvent>> read_fates(Database& database, const ProjectRow& project, const DeviceId& device);
// What a device was sent and the server no longer has.
Status drop_events_after(Database& database, const ProjectRow& project, EventSeq after);
// On a device that was sent the item whole: these are its events. Others that it had taken for the item's are not: what
// became of operations on it while the server did not have it.
Status keep_item_events(Database& database, int64_t item_no, const std::set<EventSeq>& events);
Result<std::vector<StoredEvent>> read_item_events(Database& database, int64_t item_no);

// Events that named an item before it was known now belong to it.
Status adopt_events(Database& database, const ProjectRow& project, const std::vector<EventSeq>& events,
                    int64_t item_no);

// The item's state from its events; unknown when item_no is 0. Errors: corrupt when the events of an item that is there
// are missing, cannot be read or are another's.
Result<ItemState> load_state(Database& database, const ItemId& id, int64_t item_no);
// The same on a device, where an item may be left without its first event: the server lost it, this device's operations
// on it stay. Then it is unknown, too.
Result<ItemState> load_held_state(Database& database, const ItemId& id, int64_t item_no);

}  // namespace countersign::store

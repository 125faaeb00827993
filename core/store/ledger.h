#pragma once
// The only way events enter a store.
//
//  1. Events get their numbers here: 1, 2, 3 ... without gaps, inside the transaction that stores them.
//  2. A leaf's bytes are made once, stored as they are hashed, and never changed or deleted.
//  3. The item's row is a projection: it is rewritten from the folded state in the same transaction.
//  4. A device stores the events that it is sent as they are; it never numbers any.
//
// Contract: used inside an open transaction. append() changes the ProjectRow it was opened with; finish() writes it.

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

    // Links and stores the event; `item_no` is 0 for facts about the project. Nothing came between prepare() and this.
    Result<StoredEvent> append(Prepared prepared, int64_t item_no);
    Result<StoredEvent> append(Event event, int64_t item_no);

    Status finish() { return save_project(database_, project_); }

private:
    Database& database_;
    ProjectRow& project_;
};

// An event that a server numbered, on a device. Storing it again changes nothing.
Status store_pulled(Database& database, const ProjectRow& project, int64_t item_no, const StoredEvent& event,
                    std::string_view type);

// Events after `after`, ascending, at most `limit`.
Result<std::vector<StoredEvent>> read_events(Database& database, const ProjectRow& project, EventSeq after,
                                             size_t limit);
// The same without the ingest of new items: what a device that has its items still needs to hear.
Result<std::vector<StoredEvent>> read_changes(Database& database, const ProjectRow& project, EventSeq after,
                                              size_t limit);
Result<std::vector<StoredEvent>> read_item_events(Database& database, int64_t item_no);

// The item's state from its events; unknown when item_no is 0. Errors: corrupt when the events of an item that is there
// are missing, cannot be read or are another's.
Result<ItemState> load_state(Database& database, const ItemId& id, int64_t item_no);

}  // namespace countersign::store

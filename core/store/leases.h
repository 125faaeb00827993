#pragma once
// The leases that run, as rows: folded from items' events like the items' own rows, for "what is free" and "who has
// what".

#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/model/item_state.h"
#include "core/store/projects.h"
#include "core/store/sqlite.h"

namespace countersign::store {

struct LeaseRow {
    ItemId item;
    int64_t item_no = 0;
    LeaseRef lease;
    ActorId holder;
    StreamId stream;
    Instant expires;
    bool offline = false;
};

// Writes what the item's state says.
Status save_leases(Database& database, int64_t item_no, const ItemState& state);
// A stream's, that have not run out at `now`.
Result<std::vector<LeaseRow>> leases_of(Database& database, const StreamId& stream, Instant now);
// An item's, likewise, by slot.
Result<std::vector<LeaseRow>> leases_on(Database& database, int64_t item_no, Instant now);
// All of a project that have not run out, by holder and item.
Result<std::vector<LeaseRow>> running_leases(Database& database, const ProjectRow& project, Instant now, size_t limit);
// Open items of a tier ("" for all) that nobody has leased, most urgent first.
Result<std::vector<ItemId>> free_items(Database& database, const ProjectRow& project, std::string_view tier,
                                       Instant now, size_t limit);

}  // namespace countersign::store

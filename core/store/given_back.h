#pragma once
// Items that a decision was given back on (DecisionStanding::reconfirm), by the person who is asked again: folded from
// items' events like the items' own rows. A device's.

#include <vector>

#include "core/base/result.h"
#include "core/store/items.h"

namespace countersign::store {

// Writes what the item's state says.
Status save_given_back(Database& database, int64_t item_no, const ItemState& state);
// Those of a person that wait for somebody, most urgent first.
Result<std::vector<ItemRow>> given_back_to(Database& database, const ProjectRow& project, const ActorId& reviewer,
                                           size_t limit);

}  // namespace countersign::store

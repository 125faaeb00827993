#pragma once
// apply(): the only way an item's state changes. Folding all events of an item in their order gives its state; nothing
// else is needed and nothing else is stored.
//
// Contract: `event.item` is the state's item. Facts about the project are not applied here. An event that cannot happen
// (a review withdrawn that is not there) changes nothing: the log is what it is.

#include "core/model/item_state.h"

namespace countersign {

void apply(ItemState& state, const Event& event);

}  // namespace countersign

#pragma once
// What each review of an item counts for: steps 1 to 3 of resolve.h. Not for use outside this folder.

#include "core/model/item_state.h"

namespace countersign::workflow {

void find_standings(ItemState& state);

// By hybrid clock, capped by the moment of recording; then by id.
bool earlier(const Review& a, const Review& b);

bool decides(Verdict verdict);

}  // namespace countersign::workflow

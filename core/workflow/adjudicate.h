#pragma once
// Who settles an item that waits for somebody else: because reviewers disagree, because one of them asked, or because a
// second look found wrong what had gone through. One person who has not reviewed the item; that decision holds,
// whatever the votes are.

#include "core/model/item_state.h"

namespace countersign {

// Whether the item waits for an adjudicator and this person may be it: has neither decided on it nor asked for help.
// Skipping is no review.
bool may_adjudicate(const ItemState& state, const ActorId& person);

// The decision that settled the item; nullptr when none did. Of several the earliest; one that does not count (taken
// back, replaced, given back to its author) settles nothing.
const Review* adjudication(const ItemState& state);

}  // namespace countersign

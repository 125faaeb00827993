#pragma once
// What an item's reviews add up to. Pure; depends on the reviews and the route, never on the order of computing.
//
// A review counts when it is neither withdrawn nor superseded and its verdict is accept, correct or reject; of one
// person only the last counts. The item is resolved when `reviewers` of the route agree. It is escalated when somebody
// asked for it and nobody decided since, or when enough people decided and no answer has the majority.

#include "core/model/item_state.h"

namespace countersign {

Resolution resolve(const ItemState& state);

// The reviews that count now, in order of arrival.
std::vector<const Review*> effective_reviews(const ItemState& state);

// The label that a review stands for: with accept that of the prediction that was looked at, its own with correct, none
// with reject.
LabelId label_of(const Review& review, const ItemState& state);

}  // namespace countersign

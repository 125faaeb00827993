#pragma once
// What an item's decisions add up to, and what each of them counts for. Pure: the same decisions, leases and
// predictions give the same outcome in whatever order the decisions arrived. Source: reference sync.md, 3.7.
//
//  1. A decision that is quarantined, withdrawn, superseded by its author, made after the item was closed or went
//  through
//     without a person, made about something that has changed, or said twice by one person does not count (in this
//     order; the first that holds gives the standing).
//  2. Under leases, each slot counts the decision with the highest fence. One whose slot has passed on to somebody who
//  has
//     not decided counts at once, or waits for that person, as the tier says ("late").
//  3. Decisions without a lease count while slots are free.
//  4. The item is resolved by the decision that settled it (adjudicate.h), if there is one. Else it is resolved when as
//  many as the route wants count and most of them agree; escalated when somebody asked for
//     it and nobody decided since, when enough decided and no answer has the majority, or when a decision contradicts
//     what went through without a person.
// "Since" and "earlier" are by the devices' hybrid clocks, capped by the moment of recording: whoever saw a decision
// has a later clock, so that the order of arrival says nothing.

#include "core/model/item_state.h"

namespace countersign {

// Sets `standing` and `reason` of each review, and the resolution.
void resolve(ItemState& state);

// The reviews that count now, earliest first. Skipping counts for nothing.
std::vector<const Review*> effective_reviews(const ItemState& state);

// The label that a review stands for: with accept that of the prediction that was looked at, its own with correct, none
// with reject.
LabelId label_of(const Review& review, const ItemState& state);

// Whether the review says something else than what the item came to without it.
bool contradicts(const ItemState& state, const Review& review);

}  // namespace countersign

#pragma once
// Decisions that come back to their author (DecisionStanding::reconfirm): found on an item, and begun again with what
// was said the first time.

#include "shell/session/describe.h"
#include "shell/session/draft.h"

namespace countersign::shell {

// The person's newest decision on the item that was given back; nullptr when none was.
const Review* given_back(const ItemState& state, const ActorId& person);
// The person's decision on the item that counts; nullptr when there is none. Skipping is no decision.
const Review* decided_by(const ItemState& state, const ActorId& person);

// The review as a draft under what is asked for now: texts from this device's notes, the same label whatever the model
// says by now; answers, reasons and labels that the policy no longer has are left out.
Draft draft_again(store::Database& database, const LoadedItem& item, const Review& review);

}  // namespace countersign::shell

#pragma once
// What has become of a decision of one's own: how far it has come, and what it counts for, in words. One sentence for
// each reason of core/model/standing.h.

#include <optional>
#include <string>
#include <vector>

#include "core/model/item_state.h"
#include "core/policy/policy.h"
#include "core/store/operations.h"
#include "shell/models/common.h"
#include "shell/models/full.h"
#include "shell/session/workplace.h"

namespace countersign::shell {

// Of an operation of this device. `state`: its item's, or nullptr when that is not here.
FateModel fate_of(const Workplace& work, const store::OperationRow& row, const ItemState* state);

// How far an operation of this device has come.
Level level_of(const Workplace& work, const store::OperationRow& row);
Level level_model(store::Level level);

// Why the review counts as it does; empty when it simply counts.
std::string standing_sentence(const Workplace& work, const ItemState& state, const Review& review);

// All of the person's own decisions on an item, newest first, whichever device made them.
std::vector<OwnDecision> own_decisions(const Workplace& work, const ItemState& state);

}  // namespace countersign::shell

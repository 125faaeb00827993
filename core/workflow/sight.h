#pragma once
// Whether a reviewer sees what the model predicted before deciding. Where a tier hides it from a share of the
// reviewers, the difference shows whether people say what the model said because it said so
// (core/people/automation_bias.h).
//
// Decided by a coin of project, item and reviewer, which needs no network and comes out the same for whoever asks
// later: the log need not say it. Source of the share: the tier's `prediction_shown` in the policy that the reviewer
// had.

#include "core/base/ids.h"
#include "core/model/item_state.h"
#include "core/policy/policy.h"

namespace countersign {

bool is_prediction_shown(const Policy& policy, const ProjectId& project, std::string_view tier, const ItemId& item,
                         const ActorId& reviewer);

// As long as the person has not decided on the item; whoever settles what others disagree on sees everything.
bool decides_blind(const Policy& policy, const ProjectId& project, const ItemState& state, const ActorId& reviewer);

// Of a decision that was made: who settles a disagreement, or replaces an own decision, has seen it.
bool was_prediction_shown(const Policy& policy, const ProjectId& project, const ItemState& state, const Review& review);

}  // namespace countersign

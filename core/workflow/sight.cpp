#include "core/workflow/sight.h"

#include <algorithm>

#include "core/people/gold.h"

namespace countersign {

bool is_prediction_shown(const Policy& policy, const ProjectId& project, std::string_view tier, const ItemId& item,
                         const ActorId& reviewer) {
    const TierDef* def = policy.tier(tier);
    return def == nullptr || def->prediction_shown == kCertain ||
           people::is_prediction_shown(project.text, item, reviewer, def->prediction_shown);
}

bool decides_blind(const Policy& policy, const ProjectId& project, const ItemState& state, const ActorId& reviewer) {
    const bool decided = std::any_of(state.reviews.begin(), state.reviews.end(), [&](const Review& review) {
        return review.reviewer == reviewer && review.draft.verdict != Verdict::skip;
    });
    return state.resolution.status == ItemStatus::open && !decided &&
           !is_prediction_shown(policy, project, state.route().tier, state.id, reviewer);
}

bool was_prediction_shown(const Policy& policy, const ProjectId& project, const ItemState& state,
                          const Review& review) {
    return review.judged.adjudicates || review.supersedes.has_value() ||
           is_prediction_shown(policy, project, state.route().tier, state.id, review.reviewer);
}

}  // namespace countersign

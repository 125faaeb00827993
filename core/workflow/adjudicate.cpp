#include "core/workflow/adjudicate.h"

#include <algorithm>

#include "core/workflow/resolve.h"

namespace countersign {

bool may_adjudicate(const ItemState& state, const ActorId& person) {
    return state.resolution.status == ItemStatus::escalated &&
           std::none_of(state.reviews.begin(), state.reviews.end(), [&](const Review& review) {
               return review.reviewer == person && !review.withdrawn && !review.quarantined &&
                      review.draft.verdict != Verdict::skip;
           });
}

const Review* adjudication(const ItemState& state) {
    const std::vector<const Review*> reviews = effective_reviews(state);
    const auto found =
        std::find_if(reviews.begin(), reviews.end(), [](const Review* review) { return review->judged.adjudicates; });
    return found == reviews.end() ? nullptr : *found;
}

}  // namespace countersign

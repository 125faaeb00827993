#include "core/workflow/standings.h"

#include <algorithm>
#include <tuple>

#include "core/workflow/resolve.h"

namespace countersign::workflow {

namespace {

void set(Review& review, DecisionStanding standing, StandingReason reason = StandingReason::none) {
    review.standing = standing;
    review.reason = reason;
}

bool superseded(const ItemState& state, const Review& review) {
    return std::any_of(state.reviews.begin(), state.reviews.end(), [&](const Review& other) {
        return !other.withdrawn && !other.quarantined && other.supersedes && *other.supersedes == review.id &&
               other.reviewer == review.reviewer;
    });
}

// Why a review that came after the item was closed, or had gone through, does not count.
StandingReason post_hoc_reason(const ItemState& state) {
    if (!state.closed) {
        return StandingReason::item_auto_approved;
    }
    if (state.erased) {
        return StandingReason::item_erased;
    }
    return *state.closed == ClosedAs::withdrawn ? StandingReason::item_withdrawn : StandingReason::item_closed;
}

// Step 1 but for what other reviews of the same person say.
void judge_alone(const ItemState& state, Review& review) {
    if (review.quarantined) {
        set(review, DecisionStanding::quarantined,
            review.reason == StandingReason::rejected_by_lead ? StandingReason::rejected_by_lead
                                                              : StandingReason::none);
    } else if (review.withdrawn) {
        set(review, DecisionStanding::withdrawn);
    } else if (superseded(state, review)) {
        set(review, DecisionStanding::superseded);
    } else if (review.judged.post_hoc) {
        set(review, DecisionStanding::extra, post_hoc_reason(state));
    } else if (!review.judged.lacks.empty()) {
        set(review, DecisionStanding::reconfirm, StandingReason::lacks_for_policy);
    } else if (review.judged.prediction_replaced) {
        set(review, DecisionStanding::reconfirm, StandingReason::prediction_replaced);
    } else {
        set(review, DecisionStanding::effective,
            review.judged.policy_changed ? StandingReason::policy_changed : StandingReason::none);
    }
}

bool same_answer(const ItemState& state, const Review& a, const Review& b) {
    return a.draft.verdict == b.draft.verdict && label_of(a, state) == label_of(b, state);
}

// One person counts once: of decisions that do not know of each other the earliest stands, and the person is asked
// about those that say something else.
void judge_doubles(ItemState& state, const std::vector<Review*>& counting) {
    for (size_t i = 0; i < counting.size(); ++i) {
        Review& first = *counting[i];
        if (first.standing != DecisionStanding::effective || first.draft.verdict == Verdict::skip) {
            continue;
        }
        for (size_t j = i + 1; j < counting.size(); ++j) {
            Review& again = *counting[j];
            if (again.standing != DecisionStanding::effective || again.reviewer != first.reviewer ||
                again.draft.verdict == Verdict::skip) {
                continue;
            }
            const bool same = same_answer(state, first, again);
            set(again, same ? DecisionStanding::superseded : DecisionStanding::reconfirm,
                same ? StandingReason::said_again : StandingReason::decided_twice);
        }
    }
}

bool takes_slot(const Review& review) {
    return review.standing == DecisionStanding::effective && review.draft.verdict != Verdict::skip &&
           !review.judged.adjudicates;  // which needs none
}

// Step 2 for one slot. Two decisions under the same fence are of one holder, and judge_doubles() left one of them.
void judge_slot(const ItemState& state, uint32_t slot, const std::vector<Review*>& counting) {
    Review* top = nullptr;
    for (Review* review : counting) {
        if (takes_slot(*review) && review->lease && review->lease->slot == slot &&
            (top == nullptr || top->lease->fence < review->lease->fence)) {
            top = review;
        }
    }
    if (top == nullptr) {
        return;
    }
    for (Review* review : counting) {
        if (review != top && takes_slot(*review) && review->lease && review->lease->slot == slot) {
            set(*review, DecisionStanding::extra, StandingReason::lower_fence);
        }
    }
    const SlotState newest = slot < state.slots.size() ? state.slots[slot] : SlotState{};
    if (top->lease->fence < newest.fence) {
        const bool waits = state.route().late_waits && !newest.ended;
        set(*top, waits ? DecisionStanding::extra : DecisionStanding::effective, StandingReason::passed_on);
    } else if (top->lease->fence == newest.fence && top->recorded_at > newest.expires &&
               top->reason == StandingReason::none) {
        top->reason = StandingReason::late;
    }
}

// Step 3.
void judge_unleased(const ItemState& state, const std::vector<Review*>& counting) {
    const auto leased = std::count_if(counting.begin(), counting.end(),
                                      [](const Review* review) { return takes_slot(*review) && review->lease; });
    if (leased < static_cast<ptrdiff_t>(state.route().reviewers)) {
        return;
    }
    for (Review* review : counting) {
        if (takes_slot(*review) && !review->lease) {
            set(*review, DecisionStanding::extra, StandingReason::no_free_slot);
        }
    }
}

}  // namespace

bool decides(Verdict verdict) {
    return verdict == Verdict::accept || verdict == Verdict::correct || verdict == Verdict::reject;
}

bool earlier(const Review& a, const Review& b) {
    const Instant at = std::min(a.claimed_at, a.recorded_at);
    const Instant bt = std::min(b.claimed_at, b.recorded_at);
    return std::tie(at, a.id) < std::tie(bt, b.id);
}

void find_standings(ItemState& state) {
    std::vector<Review*> counting;
    for (Review& review : state.reviews) {
        judge_alone(state, review);
        if (review.standing == DecisionStanding::effective) {
            counting.push_back(&review);
        }
    }
    std::sort(counting.begin(), counting.end(), [](const Review* a, const Review* b) { return earlier(*a, *b); });
    judge_doubles(state, counting);
    uint32_t slots = 0;
    for (const Review* review : counting) {
        slots = review->lease ? std::max(slots, review->lease->slot + 1) : slots;
    }
    for (uint32_t slot = 0; slot < slots; ++slot) {
        judge_slot(state, slot, counting);
    }
    judge_unleased(state, counting);
}

}  // namespace countersign::workflow

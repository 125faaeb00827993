#include "core/workflow/resolve.h"

#include <algorithm>

namespace countersign {

namespace {

bool decides(Verdict verdict) {
    return verdict == Verdict::accept || verdict == Verdict::correct || verdict == Verdict::reject;
}

bool superseded(const ItemState& state, const Review& review) {
    return std::any_of(state.reviews.begin(), state.reviews.end(), [&](const Review& other) {
        return !other.withdrawn && other.supersedes && *other.supersedes == review.id &&
               other.reviewer == review.reviewer;
    });
}

// One answer and everybody who gave it.
struct Vote {
    bool rejected = false;
    LabelId label;
    std::vector<const Review*> reviews;
};

std::vector<Vote> count_votes(const ItemState& state, const std::vector<const Review*>& reviews) {
    std::vector<Vote> votes;
    for (const Review* review : reviews) {
        if (!decides(review->draft.verdict)) {
            continue;
        }
        const bool rejected = review->draft.verdict == Verdict::reject;
        const LabelId label = label_of(*review, state);
        auto vote = std::find_if(votes.begin(), votes.end(),
                                 [&](const Vote& v) { return v.rejected == rejected && v.label == label; });
        if (vote == votes.end()) {
            votes.push_back({rejected, label, {}});
            vote = votes.end() - 1;
        }
        vote->reviews.push_back(review);
    }
    // Most votes first; a tie keeps the order of arrival.
    std::stable_sort(votes.begin(), votes.end(),
                     [](const Vote& a, const Vote& b) { return a.reviews.size() > b.reviews.size(); });
    return votes;
}

Resolution resolved_by(const Vote& vote) {
    Resolution out;
    out.status = ItemStatus::resolved;
    out.verdict = vote.reviews.back()->draft.verdict;
    out.label = vote.label;
    for (const Review* review : vote.reviews) {
        out.effective.push_back(review->id);
        out.decided_at = std::max(out.decided_at, review->recorded_at);
    }
    return out;
}

}  // namespace

LabelId label_of(const Review& review, const ItemState& state) {
    switch (review.draft.verdict) {
        case Verdict::correct: return review.draft.label;
        case Verdict::accept:
            // The prediction that was looked at, not one that arrived since.
            for (const Prediction& prediction : state.predictions) {
                if (prediction_digest(prediction) == review.prediction) {
                    return prediction.label;
                }
            }
            return {};  // unknown, so not guessed; decide() takes no such review
        default: return {};
    }
}

std::vector<const Review*> effective_reviews(const ItemState& state) {
    std::vector<const Review*> out;
    for (const Review& review : state.reviews) {
        if (review.withdrawn || superseded(state, review) || review.draft.verdict == Verdict::skip) {
            continue;
        }
        const auto same_person = [&](const Review* other) { return other->reviewer == review.reviewer; };
        out.erase(std::remove_if(out.begin(), out.end(), same_person), out.end());
        out.push_back(&review);
    }
    return out;
}

Resolution resolve(const ItemState& state) {
    Resolution out;
    if (!state.known()) {
        return out;
    }
    const std::vector<const Review*> reviews = effective_reviews(state);
    const std::vector<Vote> votes = count_votes(state, reviews);
    size_t decided = 0;
    for (const Vote& vote : votes) {
        decided += vote.reviews.size();
    }
    const bool asked_for_help = !reviews.empty() && reviews.back()->draft.verdict == Verdict::escalate;
    if (!votes.empty() && !asked_for_help) {
        const bool majority = votes[0].reviews.size() * 2 > decided;
        if (decided >= state.route.reviewers && majority) {
            return resolved_by(votes[0]);
        }
    }
    const bool disagree = decided >= state.route.reviewers && !votes.empty();
    const bool automatic = state.route.kind == TierKind::automatic && reviews.empty();
    out.status = asked_for_help || disagree ? ItemStatus::escalated
                 : automatic                ? ItemStatus::auto_approved
                                            : ItemStatus::open;
    if (automatic) {
        out.label = state.current().label;
        out.decided_at = state.ingested_at;
    }
    return out;
}

}  // namespace countersign

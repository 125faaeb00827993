#include "core/workflow/resolve.h"

#include <algorithm>

#include "core/workflow/adjudicate.h"
#include "core/workflow/standings.h"

namespace countersign {

namespace {

using workflow::decides;
using workflow::earlier;

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
    // Most votes first.
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

Resolution went_through(const ItemState& state) {
    Resolution out;
    out.status = ItemStatus::auto_approved;
    out.label = state.current().label;
    out.decided_at = state.ingested_at;
    return out;
}

// Step 4.
Resolution add_up(const ItemState& state) {
    if (const Review* settled = adjudication(state)) {
        const bool rejected = settled->draft.verdict == Verdict::reject;
        return resolved_by({rejected, label_of(*settled, state), {settled}});
    }
    const std::vector<const Review*> reviews = effective_reviews(state);
    const std::vector<Vote> votes = count_votes(state, reviews);
    size_t decided = 0;
    for (const Vote& vote : votes) {
        decided += vote.reviews.size();
    }
    const bool asked_for_help = !reviews.empty() && reviews.back()->draft.verdict == Verdict::escalate;
    const bool enough = decided >= state.route().reviewers && !votes.empty();
    if (enough && !asked_for_help && votes[0].reviews.size() * 2 > decided) {
        return resolved_by(votes[0]);
    }
    const bool automatic = state.route().kind == TierKind::automatic && reviews.empty();
    if (automatic && !state.contradicted) {
        return went_through(state);
    }
    Resolution out;
    out.status = asked_for_help || enough || automatic ? ItemStatus::escalated : ItemStatus::open;
    return out;
}

}  // namespace

LabelId label_of(const Review& review, const ItemState& state) {
    switch (review.draft.verdict) {
        case Verdict::correct: return review.draft.label;
        case Verdict::accept: {
            // The prediction that was looked at, not one that arrived since; not guessed when it is unknown.
            const Prediction* seen = state.prediction(review.prediction);
            return seen == nullptr ? LabelId() : seen->label;
        }
        default: return {};
    }
}

std::vector<const Review*> effective_reviews(const ItemState& state) {
    std::vector<const Review*> out;
    for (const Review& review : state.reviews) {
        if (review.standing == DecisionStanding::effective && review.draft.verdict != Verdict::skip) {
            out.push_back(&review);
        }
    }
    std::sort(out.begin(), out.end(), [](const Review* a, const Review* b) { return earlier(*a, *b); });
    return out;
}

bool contradicts(const ItemState& state, const Review& review) {
    if (!decides(review.draft.verdict)) {
        return false;
    }
    const Resolution& holds = state.resolution;
    if (holds.status == ItemStatus::withdrawn) {
        return false;
    }
    const bool rejected = holds.status == ItemStatus::resolved && holds.verdict == Verdict::reject;
    return rejected != (review.draft.verdict == Verdict::reject) ||
           (!rejected && label_of(review, state) != holds.label);
}

void resolve(ItemState& state) {
    if (!state.known()) {
        return;
    }
    workflow::find_standings(state);
    if (state.closed == ClosedAs::withdrawn) {
        state.resolution = {};
        state.resolution.status = ItemStatus::withdrawn;
        return;
    }
    state.resolution = add_up(state);
    // What people had decided stands without its text; nobody can decide on the rest any more.
    if (state.erased && waits_for_people(state.resolution.status)) {
        state.resolution = {};
        state.resolution.status = ItemStatus::withdrawn;
    }
}

}  // namespace countersign

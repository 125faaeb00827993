#include "core/workflow/apply.h"

#include <algorithm>

#include "core/workflow/resolve.h"

namespace countersign {

namespace {

struct Apply {
    ItemState& state;
    const Event& event;

    // Facts about the project, and what only 0.1 wrote and nothing rests on any more.
    template <class Other>
    void operator()(const Other&) const {}

    void operator()(const ItemIngested& body) const {
        state.document = body.document;
        state.predictions = {body.prediction};
        state.routes = {body.route};
        state.ingested_at = event.at;
    }

    void operator()(const PredictionAdded& body) const {
        if (!state.known()) {
            return;
        }
        state.predictions.push_back(body.prediction);
        state.routes.push_back(body.route ? *body.route : state.route());
    }

    void operator()(const ItemRerouted& body) const {
        if (state.known()) {
            state.routes.back() = body.route;
        }
    }

    void operator()(const LeaseGranted& body) const {
        if (body.lease.slot >= state.slots.size()) {
            state.slots.resize(body.lease.slot + 1);
        }
        state.slots[body.lease.slot] = {body.lease.fence, body.holder, body.stream, body.expires, body.offline, false};
    }

    void operator()(const LeaseRenewed& body) const {
        if (SlotState* slot = leased(body.lease)) {
            slot->expires = body.expires;
        }
    }

    void operator()(const LeaseEnded& body) const {
        if (SlotState* slot = leased(body.lease)) {
            slot->ended = true;
        }
    }

    void operator()(const ReviewSubmitted& body) const {
        add_review(body.review);
        // Whoever has decided no longer works on it.
        for (SlotState& slot : state.slots) {
            slot.ended = slot.ended || slot.holder == body.review.reviewer;
        }
    }

    void operator()(const OperationQuarantined& body) const {
        if (body.review) {
            Review& review = add_review(*body.review);
            review.quarantined = true;
            review.quarantine_reason = body.reason;
        }
    }

    void operator()(const QuarantineSettled& body) const {
        for (Review& review : state.reviews) {
            if (review.id == body.id && review.quarantined) {
                review.quarantined = !body.admitted;
                review.reason = body.admitted ? StandingReason::none : StandingReason::rejected_by_lead;
            }
        }
    }

    void operator()(const NoteAdded& body) const {
        state.notes.push_back({body.note, event.actor, body.text, event.at});
    }

    void operator()(const ReviewWithdrawn& body) const {
        for (Review& review : state.reviews) {
            review.withdrawn = review.withdrawn || (review.id == body.review && review.reviewer == body.reviewer);
        }
    }

    void operator()(const ItemClosed& body) const {
        if (body.as == ClosedAs::erased) {
            state.erased = event.at;
        }
        // What was taken out stays out.
        state.closed = state.erased && state.closed == ClosedAs::withdrawn ? ClosedAs::withdrawn : body.as;
        for (SlotState& slot : state.slots) {
            slot.ended = true;
        }
    }

    void operator()(const ContradictionFound&) const { state.contradicted = true; }

private:
    Review& add_review(const Review& review) const {
        state.reviews.push_back(review);
        state.reviews.back().recorded_at = event.at;
        return state.reviews.back();
    }

    SlotState* leased(const LeaseRef& lease) const {
        SlotState* slot = lease.slot < state.slots.size() ? &state.slots[lease.slot] : nullptr;
        return slot != nullptr && slot->fence == lease.fence ? slot : nullptr;
    }
};

}  // namespace

void apply(ItemState& state, const Event& event) {
    CS_CHECK(state.id == event.item);
    std::visit(Apply{state, event}, event.body);
    state.last_seq = event.seq;
    resolve(state);
}

}  // namespace countersign

#include "core/workflow/apply.h"

#include "core/workflow/resolve.h"

namespace countersign {

namespace {

struct Apply {
    ItemState& state;
    const Event& event;

    void operator()(const ProjectCreated&) const {}

    void operator()(const PolicyActivated&) const {}

    void operator()(const OperationRefused&) const {}

    void operator()(const ItemIngested& body) const {
        state.document = body.document;
        state.predictions = {body.prediction};
        state.route = body.route;
        state.ingested_at = event.at;
    }

    void operator()(const PredictionAdded& body) const {
        state.predictions.push_back(body.prediction);
        if (body.route) {
            state.route = *body.route;
        }
    }

    void operator()(const ItemAssigned& body) const {
        state.last_fence = body.fence;
        state.assignment = Assignment{body.reviewer, body.stream, body.fence, body.expires};
    }

    void operator()(const ReviewSubmitted& body) const {
        state.reviews.push_back(body.review);
        state.reviews.back().recorded_at = event.at;
        if (state.assignment && state.assignment->reviewer == body.review.reviewer) {
            state.assignment.reset();
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
};

}  // namespace

void apply(ItemState& state, const Event& event) {
    CS_CHECK(state.id == event.item);
    std::visit(Apply{state, event}, event.body);
    state.last_seq = event.seq;
    state.resolution = resolve(state);
}

}  // namespace countersign

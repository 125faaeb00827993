#include "tests/support/item_story.h"

#include <algorithm>

#include <catch_amalgamated.hpp>

#include "core/model/ingest_line.h"

namespace countersign::testing {

ItemStory::ItemStory(std::string_view confidence, std::string_view text, const std::string& policy)
    : policy_(load_policy(policy).value()) {
    const IngestLine line = parse_ingest_line(sample_line("msg-1", text, "pothole", confidence)).value();
    state.id = line.item;
    CHECK(act("pipeline", IngestPrediction{sha256("document"), line.document, line.prediction}).ok());
}

Status ItemStory::act(std::string_view actor, const CommandBody& command) {
    now_ = now_ + Duration{kMinute_us};
    CommandContext context;
    context.actor = ActorId(std::string(actor));
    context.stream = StreamId(std::string(actor) + "'s device");
    context.operation = OperationId("op-" + std::to_string(++number_));
    context.claimed_at = now_;
    context.now = now_;
    context.epoch = 1;
    const auto looked = seen_.find(actor);
    const JudgingPolicies policies(looked == seen_.end() ? policy_ : looked->second.policy, policy_);
    auto events = decide(state, policies, command, context);
    if (!events.ok()) {
        return events.error();
    }
    for (const EventBody& body : events.value()) {
        apply(state, {.seq = ++seq_,
                      .at = now_,
                      .item = state.id,
                      .actor = context.actor,
                      .operation = std::nullopt,
                      .body = body});
    }
    return success();
}

ItemStory::Seen ItemStory::seen_now(std::string_view actor) const {
    Seen out{prediction_digest(state.current()), policy_, std::nullopt};
    for (uint32_t slot = 0; slot < state.slots.size(); ++slot) {
        if (state.slots[slot].holder.text == actor && !state.slots[slot].ended) {
            out.lease = LeaseRef{slot, state.slots[slot].fence};
        }
    }
    return out;
}

void ItemStory::look(std::string_view actor) {
    seen_.insert_or_assign(std::string(actor), seen_now(actor));
}

Status ItemStory::review(std::string_view actor, ReviewDraft draft, std::optional<OperationId> supersedes,
                         bool quarantined) {
    const auto looked = seen_.find(actor);
    const Seen seen = looked == seen_.end() ? seen_now(actor) : looked->second;
    SubmitReview submit;
    submit.answer_texts.resize(draft.answers.size());
    submit.draft = std::move(draft);
    submit.prediction = seen.prediction;
    submit.policy = seen.policy.digest;
    submit.lease = seen.lease;
    submit.supersedes = std::move(supersedes);
    return quarantined ? quarantine(actor, submit) : act(actor, submit);
}

// As a server records what it may not count.
Status ItemStory::quarantine(std::string_view actor, const SubmitReview& submit) {
    now_ = now_ + Duration{kMinute_us};
    Review review;
    review.id = OperationId("op-" + std::to_string(++number_));
    review.reviewer = ActorId(std::string(actor));
    review.draft = submit.draft;
    review.prediction = submit.prediction;
    review.policy = submit.policy;
    review.claimed_at = now_;
    OperationQuarantined body{{}, 1, sha256(review.id.text), ErrorCode::forbidden, "no right", review};
    apply(state,
          {.seq = ++seq_, .at = now_, .item = state.id, .actor = review.reviewer, .operation = {}, .body = body});
    return success();
}

Status ItemStory::lease(std::string_view actor, Duration time) {
    return act(actor, TakeLease{StreamId(std::string(actor) + "'s device"), time, false});
}

Status ItemStory::predict(std::string_view model, std::string_view label, std::string_view confidence) {
    const IngestLine line = parse_ingest_line(sample_line("msg-1", "A hole in the road", label, confidence)).value();
    Prediction prediction = line.prediction;
    prediction.model = ModelId(std::string(model));
    return act("pipeline", IngestPrediction{sha256("document"), line.document, prediction});
}

void ItemStory::change_policy(const std::string& policy) {
    auto loaded = load_policy(policy);
    INFO((loaded.ok() ? "" : loaded.error().text()));
    REQUIRE(loaded.ok());
    policy_ = std::move(loaded).value();
}

void ItemStory::erase() {
    now_ = now_ + Duration{kMinute_us};
    apply(state, {.seq = ++seq_,
                  .at = now_,
                  .item = state.id,
                  .actor = ActorId("root"),
                  .operation = {},
                  .body = ItemClosed{ClosedAs::erased}});
}

const Review* ItemStory::find(const OperationId& id) const {
    const auto found =
        std::find_if(state.reviews.begin(), state.reviews.end(), [&](const Review& review) { return review.id == id; });
    return found == state.reviews.end() ? nullptr : &*found;
}

}  // namespace countersign::testing

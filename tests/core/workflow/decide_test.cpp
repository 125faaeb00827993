#include "core/workflow/decide.h"

#include <catch_amalgamated.hpp>

#include "core/model/ingest_line.h"
#include "core/policy/load.h"
#include "core/workflow/apply.h"
#include "tests/support/server.h"

using namespace countersign;
using namespace countersign::testing;

namespace {

// One item under the sample policy, and hands that act on it.
class Desk {
public:
    explicit Desk(std::string_view confidence, std::string_view text = "A hole in the road",
                  std::string policy = sample_policy())
        : policy_(load_policy(policy).value()) {
        const IngestLine line = parse_ingest_line(sample_line("msg-1", text, "pothole", confidence)).value();
        state.id = line.item;
        CHECK(act("pipeline", IngestPrediction{sha256("document"), line.document, line.prediction}).ok());
    }

    Status act(std::string_view actor, const CommandBody& command) {
        now_ = now_ + Duration{kMinute_us};
        const CommandContext context{ActorId(std::string(actor)), StreamId("s"),
                                     OperationId("op-" + std::to_string(++number_)), now_, now_};
        auto events = decide(state, policy_, command, context);
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

    Status review(std::string_view actor, ReviewDraft draft) {
        SubmitReview submit;
        submit.answer_texts.resize(draft.answers.size());
        submit.draft = std::move(draft);
        submit.prediction = prediction_digest(state.current());
        submit.policy = policy_.digest;
        return act(actor, submit);
    }

    OperationId last_operation() const { return OperationId("op-" + std::to_string(number_)); }

    ItemState state;

private:
    Policy policy_;
    Instant now_{1'790'000'000'000'000};
    int number_ = 0;
    EventSeq seq_ = 0;
};

ReviewDraft verdict(Verdict v, std::string_view label = {}) {
    return {.verdict = v, .label = LabelId(std::string(label))};
}

}  // namespace

TEST_CASE("a prediction goes to the tier that its confidence and the rules give") {
    CHECK(Desk("0.71").state.route.tier == "quick");
    CHECK(Desk("0.95").state.resolution.status == ItemStatus::auto_approved);
    CHECK(Desk("0.2").state.route.tier == "full");
    const Desk gas("0.99", "It smells of gas here");
    CHECK(gas.state.route.tier == "full");
    CHECK(gas.state.route.route == "gas");
    CHECK(*gas.state.route.due - gas.state.ingested_at == Duration{30 * kMinute_us});
}

TEST_CASE(
    "an accepted prediction is resolved with its label, a corrected one with the new label, a rejected one with none") {
    Desk accepted("0.71");
    REQUIRE(accepted.review("ada", verdict(Verdict::accept)).ok());
    CHECK(accepted.state.resolution.label.text == "pothole");
    Desk corrected("0.71");
    REQUIRE(corrected.review("ada", verdict(Verdict::correct, "drain")).ok());
    CHECK(corrected.state.resolution.label.text == "drain");
    Desk rejected("0.71");
    REQUIRE(rejected.review("ada", verdict(Verdict::reject)).ok());
    CHECK(rejected.state.resolution.status == ItemStatus::resolved);
    CHECK(rejected.state.resolution.label.empty());
}

TEST_CASE("a correction needs another label that the policy has") {
    Desk desk("0.71");
    CHECK(desk.review("ada", verdict(Verdict::correct)).error().text() == "label: choose the right label");
    CHECK(desk.review("ada", verdict(Verdict::correct, "pothole")).error().text() ==
          "label: this is the predicted label; accept it, or choose another");
    CHECK(desk.review("ada", verdict(Verdict::correct, "moon")).error().text() ==
          "label: the policy has no label 'moon'");
    CHECK(desk.review("ada", verdict(Verdict::accept, "drain")).error().text() ==
          "label: a label goes with correct only, not with accept");
    CHECK(desk.state.reviews.empty());
}

TEST_CASE("a full review without its answers and reasons is refused, naming all that is missing") {
    Desk desk("0.2");
    const auto refused = desk.review("ada", verdict(Verdict::accept));
    REQUIRE_FALSE(refused.ok());
    CHECK(refused.error().code == ErrorCode::failed_precondition);
    CHECK(refused.error().message ==
          "'Is anybody in danger?' has no answer; 'Is the place known?' has no answer; choose a reason code");
    ReviewDraft draft = verdict(Verdict::accept);
    draft.answers = {{"danger", "no"}, {"place", "na"}};
    draft.rationale.codes = {"clear"};
    CHECK(desk.review("ada", draft).ok());
}

TEST_CASE("who escalates or skips owes no answers; the item then waits for somebody else or stays open") {
    Desk desk("0.2");
    REQUIRE(desk.review("ada", verdict(Verdict::skip)).ok());
    CHECK(desk.state.resolution.status == ItemStatus::open);
    REQUIRE(desk.review("ada", verdict(Verdict::escalate)).ok());
    CHECK(desk.state.resolution.status == ItemStatus::escalated);
    ReviewDraft draft = verdict(Verdict::accept);
    draft.answers = {{"danger", "no"}, {"place", "na"}};
    draft.rationale.codes = {"clear"};
    REQUIRE(desk.review("ben", draft).ok());
    CHECK(desk.state.resolution.status == ItemStatus::resolved);
}

TEST_CASE("only the reviewer withdraws a review, and the item is open again") {
    Desk desk("0.71");
    REQUIRE(desk.review("ada", verdict(Verdict::accept)).ok());
    const OperationId review = desk.last_operation();
    CHECK(desk.act("ben", WithdrawReview{review}).error().code == ErrorCode::forbidden);
    REQUIRE(desk.act("ada", WithdrawReview{review}).ok());
    CHECK(desk.state.resolution.status == ItemStatus::open);
    CHECK(desk.act("ada", WithdrawReview{review}).ok());  // again: nothing more happens
    CHECK(desk.act("ada", WithdrawReview{OperationId("none")}).error().code == ErrorCode::not_found);
}

TEST_CASE("a later decision of the same person replaces the earlier one") {
    Desk desk("0.71");
    REQUIRE(desk.review("ada", verdict(Verdict::accept)).ok());
    REQUIRE(desk.review("ada", verdict(Verdict::correct, "drain")).ok());
    CHECK(desk.state.resolution.label.text == "drain");
    CHECK(desk.state.reviews.size() == 2);
}

TEST_CASE("two people who disagree send a two-reviewer item on; the third one settles it") {
    std::string policy = sample_policy();
    const std::string quick = R"({"id": "quick", "kind": "quick", "due": "8h"})";
    policy.replace(policy.find(quick), quick.size(), R"({"id": "quick", "kind": "quick", "reviewers": 2})");
    Desk desk("0.71", "A hole", policy);
    REQUIRE(desk.review("ada", verdict(Verdict::accept)).ok());
    CHECK(desk.state.resolution.status == ItemStatus::open);
    REQUIRE(desk.review("ben", verdict(Verdict::correct, "drain")).ok());
    CHECK(desk.state.resolution.status == ItemStatus::escalated);
    REQUIRE(desk.review("cleo", verdict(Verdict::correct, "drain")).ok());
    CHECK(desk.state.resolution.status == ItemStatus::resolved);
    CHECK(desk.state.resolution.label.text == "drain");
}

TEST_CASE("the same prediction again changes nothing; another one under the same model name is a conflict") {
    Desk desk("0.71");
    const IngestLine line = parse_ingest_line(sample_line("msg-1", "A hole in the road", "pothole", "0.71")).value();
    const EventSeq before = desk.state.last_seq;
    REQUIRE(desk.act("pipeline", IngestPrediction{sha256("document"), line.document, line.prediction}).ok());
    CHECK(desk.state.last_seq == before);
    Prediction changed = line.prediction;
    changed.label = LabelId("drain");
    CHECK(desk.act("pipeline", IngestPrediction{sha256("document"), line.document, changed}).error().code ==
          ErrorCode::conflict);
    changed.model = ModelId("topics-2");
    changed.confidence = Ppm{300'000};
    REQUIRE(desk.act("pipeline", IngestPrediction{sha256("document"), line.document, changed}).ok());
    CHECK(desk.state.route.tier == "full");  // nobody had decided, so it moved
}

TEST_CASE("a label that the policy does not know is refused with the nearest") {
    Desk desk("0.71");
    Prediction wrong = desk.state.current();
    wrong.model = ModelId("topics-2");
    wrong.label = LabelId("pothol");
    const auto refused = desk.act("pipeline", IngestPrediction{sha256("document"), "{}", wrong});
    REQUIRE_FALSE(refused.ok());
    CHECK(refused.error().text() == "prediction.label: 'pothol' is not a label of the policy; did you mean 'pothole'?");
}

TEST_CASE("a claim is seen by others and ends with the claimer's decision") {
    Desk desk("0.71");
    REQUIRE(desk.act("ada", ClaimItem{}).ok());
    CHECK(desk.act("ben", ClaimItem{}).error().message == "'ada' is working on this item");
    REQUIRE(desk.review("ben", verdict(Verdict::accept)).ok());  // nobody is kept from deciding
    REQUIRE(desk.review("ada", verdict(Verdict::accept)).ok());
    CHECK_FALSE(desk.state.assignment.has_value());
}

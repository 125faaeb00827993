#include "core/workflow/decide.h"

#include <catch_amalgamated.hpp>

#include "core/model/ingest_line.h"
#include "core/workflow/adjudicate.h"
#include "tests/support/item_story.h"

using namespace countersign;
using namespace countersign::testing;

namespace {

using Desk = ItemStory;

ReviewDraft verdict(Verdict v, std::string_view label = {}) {
    return {.verdict = v, .label = LabelId(std::string(label))};
}

}  // namespace

TEST_CASE("a prediction goes to the tier that its confidence and the rules give") {
    CHECK(Desk("0.71").state.route().tier == "quick");
    CHECK(Desk("0.95").state.resolution.status == ItemStatus::auto_approved);
    CHECK(Desk("0.2").state.route().tier == "full");
    const Desk gas("0.99", "It smells of gas here");
    CHECK(gas.state.route().tier == "full");
    CHECK(gas.state.route().route == "gas");
    CHECK(*gas.state.route().due - gas.state.ingested_at == Duration{30 * kMinute_us});
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

TEST_CASE("two people who disagree send a two-reviewer item on; the third one settles it") {
    std::string policy = sample_policy();
    const std::string quick = R"({"id": "quick", "kind": "quick", "due": "8h"})";
    policy.replace(policy.find(quick), quick.size(), R"({"id": "quick", "kind": "quick", "reviewers": 2})");
    Desk desk("0.71", "A hole", policy);
    REQUIRE(desk.review("ada", verdict(Verdict::accept)).ok());
    CHECK(desk.state.resolution.status == ItemStatus::open);
    REQUIRE(desk.review("ben", verdict(Verdict::correct, "drain")).ok());
    CHECK(desk.state.resolution.status == ItemStatus::escalated);
    CHECK_FALSE(may_adjudicate(desk.state, ActorId("ada")));
    CHECK(may_adjudicate(desk.state, ActorId("cleo")));
    REQUIRE(desk.review("cleo", verdict(Verdict::reject)).ok());
    CHECK(desk.state.resolution.status == ItemStatus::resolved);
    CHECK(desk.state.resolution.verdict == Verdict::reject);
    REQUIRE(adjudication(desk.state) != nullptr);
    CHECK(adjudication(desk.state)->reviewer.text == "cleo");
    CHECK_FALSE(may_adjudicate(desk.state, ActorId("dan")));  // it waits for nobody any more
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
    CHECK(desk.state.route().tier == "full");  // nobody had decided, so it moved
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

TEST_CASE("a lease is seen by others, keeps nobody from deciding, and ends with the holder's decision") {
    Desk desk("0.71");
    REQUIRE(desk.lease("ada", Duration{30 * kMinute_us}).ok());
    CHECK(desk.lease("ben", Duration{30 * kMinute_us}).error().message == "somebody is working on this item: 'ada'");
    REQUIRE(desk.review("ben", verdict(Verdict::accept)).ok());
    REQUIRE(desk.review("ada", verdict(Verdict::accept)).ok());
    CHECK(desk.state.slots.front().ended);
    CHECK(desk.lease("cleo", Duration{30 * kMinute_us}).error().code == ErrorCode::failed_precondition);
}

TEST_CASE("a lease is renewed by its holder, passes on when it has run out, each time with a higher fence") {
    Desk desk("0.71");
    REQUIRE(desk.lease("ada", Duration{30 * kMinute_us}).ok());
    const Fence first = desk.state.slots.front().fence;
    REQUIRE(desk.lease("ada", Duration{60 * kMinute_us}).ok());
    CHECK(desk.state.slots.front().fence == first);
    desk.wait(Duration{2 * kHour_us});
    REQUIRE(desk.lease("ben", Duration{30 * kMinute_us}).ok());
    CHECK(desk.state.slots.front().holder.text == "ben");
    CHECK(desk.state.slots.front().fence > first);
    CHECK(desk.lease("cleo", Duration{60 * kDay_us}).error().code == ErrorCode::invalid_argument);
    CHECK(desk.act("ada", EndLease{{0, first}, false}).ok());  // over already: nothing happens
    CHECK_FALSE(desk.state.slots.front().ended);
    CHECK(desk.act("ada", EndLease{{0, desk.state.slots.front().fence}, false}).error().code == ErrorCode::forbidden);
    CHECK(desk.act("lea", EndLease{{0, desk.state.slots.front().fence}, true}).ok());
    CHECK(desk.state.slots.front().ended);
}

// Whose sight of the prediction is held back, and until when.

#include "core/workflow/sight.h"

#include <catch_amalgamated.hpp>

#include "core/base/concat.h"
#include "tests/support/item_story.h"

using namespace countersign;
using namespace countersign::testing;

namespace {

const ProjectId kProject("city");

std::string policy_showing(std::string_view share) {
    std::string policy = sample_policy();
    const std::string quick = R"({"id": "quick", "kind": "quick", "due": "8h"})";
    policy.replace(policy.find(quick), quick.size(),
                   concat(R"({"id": "quick", "kind": "quick", "reviewers": 2, "prediction_shown": )", share, '}'));
    return policy;
}

// Somebody who does not see msg-1's prediction before deciding.
ActorId somebody_blind(const Policy& policy, const ItemState& state) {
    for (int i = 0;; ++i) {
        const ActorId person(concat("p", i));
        if (decides_blind(policy, kProject, state, person)) {
            return person;
        }
    }
}

}  // namespace

TEST_CASE("one in ten does not see the prediction, and the same ones whoever asks") {
    const Policy policy = load_policy(policy_showing("0.9")).value();
    int hidden = 0;
    for (int item = 0; item < 100; ++item) {
        for (int person = 0; person < 50; ++person) {
            const ItemId id(concat("msg-", item));
            const ActorId who(concat("p", person));
            const bool shown = is_prediction_shown(policy, kProject, "quick", id, who);
            CHECK(shown == is_prediction_shown(policy, kProject, "quick", id, who));
            CHECK(is_prediction_shown(policy, kProject, "full", id, who));  // that tier hides nothing
            hidden += shown ? 0 : 1;
        }
    }
    CHECK(hidden > 430);  // of 5,000; one in ten less or more three standard deviations and some
    CHECK(hidden < 570);
}

TEST_CASE("a tier that does not say so hides nothing") {
    const Policy policy = load_policy(sample_policy()).value();
    for (int person = 0; person < 200; ++person) {
        CHECK(is_prediction_shown(policy, kProject, "quick", ItemId("msg-1"), ActorId(concat("p", person))));
    }
}

TEST_CASE("who has decided, and who settles what others disagree on, sees the prediction") {
    const std::string text = policy_showing("0.5");
    const Policy policy = load_policy(text).value();
    ItemStory story("0.71", "A hole in the road", text);
    const ActorId first = somebody_blind(policy, story.state);
    REQUIRE(story.review(first.text, {.verdict = Verdict::accept}).ok());
    CHECK_FALSE(decides_blind(policy, kProject, story.state, first));
    CHECK_FALSE(was_prediction_shown(policy, kProject, story.state, story.state.reviews.front()));
    const ActorId second = somebody_blind(policy, story.state);
    REQUIRE(story.review(second.text, {.verdict = Verdict::correct, .label = LabelId("drain")}).ok());
    REQUIRE(story.state.resolution.status == ItemStatus::escalated);
    for (int i = 0; i < 50; ++i) {
        CHECK_FALSE(decides_blind(policy, kProject, story.state, ActorId(concat("p", i))));
    }
}

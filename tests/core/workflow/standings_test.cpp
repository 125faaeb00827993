// What a decision counts for: every row of reference sync.md, 3.7, and more, as cases; and that the order of arrival
// says nothing.

#include "core/workflow/standings.h"

#include <algorithm>

#include <catch_amalgamated.hpp>

#include "core/workflow/resolve.h"
#include "tests/support/cases.h"
#include "tests/support/teller.h"

using namespace countersign;
using namespace countersign::testing;

TEST_CASE("what becomes of a decision is as its case says") {
    const Json cases = parse_json(read_case("workflow/standings.json")).value();
    REQUIRE(cases.find("cases")->array()->size() > 25);
    for (const Json& one : *cases.find("cases")->array()) {
        INFO(one.text_of("name"));
        Teller teller(one);
        teller.tell_all(one);
        for (const auto& [name, standing] : *one.find("expect")->object()) {
            INFO("the decision '" << name << "'");
            CHECK(teller.standing_of(name) == *standing.string());
        }
        const ItemState& state = teller.story.state;
        CHECK(item_status_name(state.resolution.status) == one.text_of("status"));
        CHECK(state.resolution.label.text == one.text_of("label"));
        if (const Json* contradicted = one.find("contradicted")) {
            CHECK(state.contradicted == (to_text(*contradicted) == "true"));
        }
    }
}

namespace {

// Reviews of some people under leases of two slots, as they may arrive from anywhere.
ItemState random_state(SeededEntropy& random) {
    static constexpr Verdict kVerdicts[] = {Verdict::accept, Verdict::accept,   Verdict::correct,
                                            Verdict::reject, Verdict::escalate, Verdict::skip};
    ItemStory story("0.71");
    ItemState state = story.state;
    state.routes.back().reviewers = 1 + random.below(3U);
    state.routes.back().late_waits = random.below(2) == 0;
    for (uint32_t slot = 0; slot < 2; ++slot) {
        state.slots.push_back(
            {{1, 1 + random.below(3U)}, ActorId("p0"), StreamId("s"), Instant{100}, false, random.below(2) == 0});
    }
    for (int i = 0; i < 6; ++i) {
        Review review;
        review.id = OperationId("r" + std::to_string(i));
        review.reviewer = ActorId("p" + std::to_string(random.below(4)));
        review.draft.verdict = kVerdicts[random.below(6)];
        review.draft.label = LabelId(review.draft.verdict == Verdict::correct ? "drain" : "");
        review.prediction = prediction_digest(state.current());
        review.claimed_at = Instant{static_cast<int64_t>(random.below(50))};
        review.recorded_at = Instant{1'000};
        review.withdrawn = random.below(8) == 0;
        review.quarantined = random.below(8) == 0;
        review.judged.post_hoc = random.below(10) == 0;
        review.judged.prediction_replaced = random.below(10) == 0;
        review.judged.adjudicates = random.below(8) == 0;
        if (random.below(2) == 0) {
            review.lease = LeaseRef{random.below(2U), {1, 1 + random.below(3U)}};
        }
        if (i > 0 && random.below(5) == 0) {
            review.supersedes = OperationId("r" + std::to_string(random.below(i)));
        }
        state.reviews.push_back(review);
    }
    return state;
}

std::string outcome(ItemState state) {
    resolve(state);
    std::sort(state.reviews.begin(), state.reviews.end(), [](const Review& a, const Review& b) { return a.id < b.id; });
    std::string out = std::string(item_status_name(state.resolution.status)) + " " + state.resolution.label.text;
    for (const Review& review : state.reviews) {
        out += "; " + review.id.text + " " + std::string(standing_name(review.standing)) + " " +
               std::string(standing_reason_name(review.reason));
    }
    return out;
}

}  // namespace

TEST_CASE("decisions come to the same in every order of arrival, and no lower fence counts over a higher one") {
    for (uint64_t seed = 1; seed <= 300; ++seed) {
        INFO("seed " << seed);
        SeededEntropy random(seed);
        ItemState state = random_state(random);
        const std::string expected = outcome(state);
        for (int order = 0; order < 8; ++order) {
            for (size_t i = state.reviews.size(); i > 1; --i) {
                std::swap(state.reviews[i - 1], state.reviews[random.below(i)]);
            }
            CHECK(outcome(state) == expected);
        }
        resolve(state);
        for (const Review& a : state.reviews) {
            for (const Review& b : state.reviews) {
                const bool counts = a.standing == DecisionStanding::effective && a.draft.verdict != Verdict::skip &&
                                    b.standing == DecisionStanding::effective && b.draft.verdict != Verdict::skip &&
                                    !a.judged.adjudicates && !b.judged.adjudicates;
                if (counts && a.lease && b.lease && &a != &b) {
                    CHECK(a.lease->slot != b.lease->slot);
                }
            }
        }
    }
}

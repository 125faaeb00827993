// What a decision counts for: every row of reference sync.md, 3.7, and more, as cases; and that the order of arrival says
// nothing.

#include "core/workflow/standings.h"

#include <algorithm>
#include <map>

#include <catch_amalgamated.hpp>

#include "core/workflow/resolve.h"
#include "tests/support/cases.h"
#include "tests/support/item_story.h"

using namespace countersign;
using namespace countersign::testing;

namespace {

std::string policy_with(const Json& one) {
    std::string policy = sample_policy();
    const std::string quick = R"({"id": "quick", "kind": "quick", "due": "8h"})";
    std::string changed = R"({"id": "quick", "kind": "quick", "due": "8h")";
    if (const Json* reviewers = one.find("reviewers")) {
        changed += R"(, "reviewers": )" + std::to_string(*reviewers->integer());
    }
    if (const std::string late = one.text_of("late"); !late.empty()) {
        changed += R"(, "late": ")" + late + '"';
    }
    if (one.text_of("policy") == "quick with the checklist") {
        changed += R"(, "checklist": "safety")";
    }
    if (one.text_of("policy") == "another name") {
        policy.replace(policy.find("City service"), 12, "City desk");
    }
    return policy.replace(policy.find(quick), quick.size(), changed + "}");
}

// Tells a case's story step by step.
class Teller {
public:
    explicit Teller(const Json& one)
        : story(one.text_of("confidence").empty() ? "0.71" : one.text_of("confidence"), "A hole in the road",
                policy_with(one)) {}

    void tell(const Json& step) {
        INFO(to_text(step));
        const Status done = take(step);
        INFO((done.ok() ? "" : done.error().text()));
        REQUIRE(done.ok());
    }

    std::string standing_of(const std::string& name) const {
        const Review* review = story.find(names_.at(name));
        REQUIRE(review != nullptr);
        std::string out(standing_name(review->standing));
        if (review->reason != StandingReason::none) {
            out += ": " + std::string(standing_reason_name(review->reason));
        }
        return out;
    }

    ItemStory story;

private:
    Status take(const Json& step) {
        const std::string who = step.text_of("who");
        if (const Json* minutes = step.find("wait")) {
            story.wait(Duration{*minutes->integer() * kMinute_us});
            return success();
        }
        if (const Json* minutes = step.find("leases")) {
            return story.lease(who, Duration{*minutes->integer() * kMinute_us});
        }
        if (step.find("sees") != nullptr) {
            story.look(who);
            return success();
        }
        if (step.find("policy") != nullptr) {
            story.change_policy(policy_with(step));
            return success();
        }
        if (step.find("says") != nullptr) {
            return decide(step, who);
        }
        return take_further(step, who);
    }

    Status take_further(const Json& step, const std::string& who) {
        if (const std::string model = step.text_of("model"); !model.empty()) {
            return story.predict(model, step.text_of("label"), step.text_of("confidence"));
        }
        if (const std::string as = step.text_of("closes"); !as.empty()) {
            return story.act("lea", CloseItem{as == "final" ? ClosedAs::final : ClosedAs::withdrawn});
        }
        if (const std::string review = step.text_of("takes_back"); !review.empty()) {
            return story.act(who, WithdrawReview{names_.at(review)});
        }
        if (step.find("gives_back") != nullptr) {
            for (uint32_t slot = 0; slot < story.state.slots.size(); ++slot) {
                if (story.state.slots[slot].holder.text == who) {
                    return story.act(who, EndLease{{slot, story.state.slots[slot].fence}, false});
                }
            }
        }
        if (const std::string lead = step.text_of("lead"); !lead.empty()) {
            const OperationId id = names_.at(step.text_of("review"));
            return story.act("lea", SettleQuarantine{sha256(id.text), id, lead == "admits", {}});
        }
        return fail(ErrorCode::invalid_argument, "no such step");
    }

    Status decide(const Json& step, const std::string& who) {
        ReviewDraft draft;
        draft.verdict = verdict_from_name(step.text_of("says")).value();
        draft.label = LabelId(step.text_of("label"));
        if (const Json* answers = step.find("answers")) {
            for (const auto& [question, value] : *answers->object()) {
                draft.answers.push_back({question, *value.string()});
            }
        }
        std::optional<OperationId> supersedes;
        if (const std::string old = step.text_of("instead_of"); !old.empty()) {
            supersedes = names_.at(old);
        }
        const Status done = story.review(who, draft, supersedes, step.find("quarantined") != nullptr);
        names_[step.text_of("as")] = story.last_operation();
        return done;
    }

    std::map<std::string, OperationId> names_;
};

}  // namespace

TEST_CASE("what becomes of a decision is as its case says") {
    const Json cases = parse_json(read_case("workflow/standings.json")).value();
    REQUIRE(cases.find("cases")->array()->size() > 25);
    for (const Json& one : *cases.find("cases")->array()) {
        INFO(one.text_of("name"));
        Teller teller(one);
        for (const Json& step : *one.find("story")->array()) {
            teller.tell(step);
        }
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
    static constexpr Verdict kVerdicts[] = {Verdict::accept, Verdict::accept, Verdict::correct, Verdict::reject,
                                            Verdict::escalate, Verdict::skip};
    ItemStory story("0.71");
    ItemState state = story.state;
    state.routes.back().reviewers = 1 + random.below(3U);
    state.routes.back().late_waits = random.below(2) == 0;
    for (uint32_t slot = 0; slot < 2; ++slot) {
        state.slots.push_back({{1, 1 + random.below(3U)}, ActorId("p0"), StreamId("s"), Instant{100}, false,
                               random.below(2) == 0});
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
                                    b.standing == DecisionStanding::effective && b.draft.verdict != Verdict::skip;
                if (counts && a.lease && b.lease && &a != &b) {
                    CHECK(a.lease->slot != b.lease->slot);
                }
            }
        }
    }
}

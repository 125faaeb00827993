#include "tests/support/teller.h"

#include <catch_amalgamated.hpp>

namespace countersign::testing {

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

}  // namespace

Teller::Teller(const Json& one)
    : story(one.text_of("confidence").empty() ? "0.71" : one.text_of("confidence"), "A hole in the road",
            policy_with(one)) {}

void Teller::tell(const Json& step) {
    INFO(to_text(step));
    const Status done = take(step);
    INFO((done.ok() ? "" : done.error().text()));
    REQUIRE(done.ok());
}

void Teller::tell_all(const Json& one) {
    for (const Json& step : *one.find("story")->array()) {
        tell(step);
    }
}

const Review& Teller::review(const std::string& name) const {
    const Review* found = story.find(names_.at(name));
    REQUIRE(found != nullptr);
    return *found;
}

std::string Teller::standing_of(const std::string& name) const {
    const Review& one = review(name);
    std::string out(standing_name(one.standing));
    if (one.reason != StandingReason::none) {
        out += ": " + std::string(standing_reason_name(one.reason));
    }
    return out;
}

Status Teller::take(const Json& step) {
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

Status Teller::take_further(const Json& step, const std::string& who) {
    if (const std::string model = step.text_of("model"); !model.empty()) {
        return story.predict(model, step.text_of("label"), step.text_of("confidence"));
    }
    if (const std::string as = step.text_of("closes"); !as.empty()) {
        if (as == "erased") {
            story.erase();
            return success();
        }
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

Status Teller::decide(const Json& step, const std::string& who) {
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

}  // namespace countersign::testing

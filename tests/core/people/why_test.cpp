// Plans, adjudicators and their explanations as cases that a lead could have written.

#include "core/people/why.h"

#include <algorithm>

#include <catch_amalgamated.hpp>

#include "core/base/concat.h"
#include "core/people/adjudicator.h"
#include "tests/core/people/people_cases.h"
#include "tests/support/cases.h"

using namespace countersign;
using namespace countersign::people;
using namespace countersign::testing;

namespace {

Json as_json(const std::vector<std::string>& lines) {
    JsonArray out;
    for (const std::string& line : lines) {
        out.emplace_back(line);
    }
    return Json(out);
}

std::vector<Reviewer> written_reviewers(const Json& list) {
    std::vector<Reviewer> out;
    for (const Json& one : *list.array()) {
        out.push_back(written_reviewer(one));
    }
    return out;
}

Json unfilled_of(const Town& town, const PlanInput& input, const Plan& plan) {
    const Explainer explainer(input, plan);
    JsonArray out;
    for (const size_t t : plan.unfilled) {
        out.emplace_back(JsonObject{{"item", Json(town.tasks[t].item.text)},
                                    {"why", as_json(sentences(input, explainer.unfilled(t)))}});
    }
    return Json(out);
}

}  // namespace

TEST_CASE("each case is planned as a lead would, both ways, and explained") {
    const Json cases = parse_json(read_case("people/plans.json")).value();
    REQUIRE(cases.array()->size() >= 10);
    for (const Json& one : *cases.array()) {
        for (const Effort effort : {Effort::exact, Effort::greedy}) {
            INFO(one.text_of("case") << (effort == Effort::exact ? ", exact" : ", greedy"));
            Town town{.tasks = {}, .reviewers = written_reviewers(*one.find("reviewers"))};
            for (const Json& task : *one.find("tasks")->array()) {
                town.tasks.push_back(written_task(task));
            }
            PlanInput input = town.input();
            input.now = written_instant(one, "now");
            const Plan plan = plan_reviews(input, effort);
            std::vector<std::string> assigned;
            for (const Assignment& given : plan.assignments) {
                assigned.push_back(
                    concat(town.tasks[given.task].item.text, " to ", town.reviewers[given.reviewer].id.text));
            }
            CHECK(to_text(as_json(assigned)) == to_text(*one.find("assigned")));
            CHECK(to_text(unfilled_of(town, input, plan)) == to_text(*one.find("unfilled")));
            if (one.find("explain") == nullptr) {
                continue;
            }
            const auto which =
                std::ranges::find(plan.assignments, one.text_of("explain"),
                                  [&](const Assignment& given) { return town.tasks[given.task].item.text; });
            REQUIRE(which != plan.assignments.end());
            const Explainer explainer(input, plan);
            const AssignmentReason reason = explainer.assignment(static_cast<size_t>(which - plan.assignments.begin()));
            CHECK(to_text(as_json(sentences(input, reason))) == to_text(*one.find("because")));
        }
    }
}

TEST_CASE("each case has the adjudicator that a lead would choose, and says why") {
    const Json cases = parse_json(read_case("people/adjudicators.json")).value();
    REQUIRE(cases.array()->size() >= 3);
    for (const Json& one : *cases.array()) {
        INFO(one.text_of("case"));
        const std::vector<Reviewer> reviewers = written_reviewers(*one.find("reviewers"));
        const AdjudicatorChoice choice =
            choose_adjudicator(written_task(*one.find("task")), reviewers, written_instant(one, "now"));
        CHECK(to_text(as_json(sentences(reviewers, choice))) == to_text(*one.find("said")));
    }
}

TEST_CASE("every reviewer is chosen, left out with a reason, or not better than the runner-up") {
    constexpr uint64_t kSeed = 8;
    stats::Random random(kSeed);
    size_t explained = 0;
    size_t needed_more = 0;
    for (int i = 0; i < 40; ++i) {
        INFO("seed " << kSeed << ", town " << i);
        const Town town =
            random_town(random, {.tasks = 8, .reviewers = 6, .most_reviews = 3, .limits_of_time = i % 2 == 0});
        const Plan plan = plan_reviews(town.input());
        const PlanInput input = town.input();
        const Explainer explainer(input, plan);
        for (size_t which = 0; which < plan.assignments.size(); ++which) {
            const AssignmentReason reason = explainer.assignment(which);
            const size_t task = reason.chosen.task;
            const auto share = std::ranges::count(plan.assignments, task, &Assignment::task);
            std::vector<size_t> left_out;
            for (const LeftOut& one : reason.left_out) {
                CHECK_FALSE(one.why.empty());
                left_out.push_back(one.reviewer);
            }
            const size_t others = town.reviewers.size() - left_out.size() - static_cast<size_t>(share);
            CHECK((others > 0) == reason.runner_up.has_value());
            if (reason.runner_up) {
                CHECK(std::ranges::find(left_out, reason.runner_up->reviewer) == left_out.end());
                // Nobody who has room would have been better.
                CHECK(reason.runner_up->standing != Standing::overlooked);
                needed_more += reason.runner_up->standing == Standing::needed_more ? 1 : 0;
            }
            ++explained;
        }
    }
    CHECK(explained > 150);
    CHECK(needed_more > 10);
}

TEST_CASE("an explanation says that somebody better would be late") {
    Town town;
    town.reviewers = {{.id = ActorId("ana")}, {.id = ActorId("bo")}};
    town.reviewers[0].experience = {{.kind = "gas", .answers = 500, .right = 495}};
    for (const char* name : {"a", "b"}) {
        town.tasks.push_back({.item = ItemId(name), .kind = "gas", .due = noon() + Duration{70 * kSecond_us}});
    }
    const PlanInput input = town.input();
    const Plan plan = plan_reviews(input);
    REQUIRE(plan.assignments.size() == 2);
    CHECK(plan.late == 0);
    const Explainer explainer(input, plan);
    const size_t of_bo = plan.assignments[0].reviewer == 1 ? 0 : 1;
    CHECK(explainer.assignment(of_bo).runner_up->standing == Standing::too_late);
    CHECK(sentences(input, explainer.assignment(of_bo)).at(1).ends_with("; but more tasks would be late"));
}

TEST_CASE("an explanation says that a task will be late") {
    Town town;
    town.reviewers = {{.id = ActorId("ana")}};
    for (const char* name : {"a", "b"}) {
        town.tasks.push_back({.item = ItemId(name), .due = noon() + Duration{70 * kSecond_us}});
    }
    const PlanInput input = town.input();
    const Plan plan = plan_reviews(input);
    REQUIRE(plan.assignments.size() == 2);
    const Explainer explainer(input, plan);
    CHECK_FALSE(sentences(input, explainer.assignment(0)).at(0).ends_with("will be late"));
    CHECK(sentences(input, explainer.assignment(1)).at(0).ends_with("; will be late"));
}

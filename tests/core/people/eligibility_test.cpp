// Who may review what, as cases; and that the quick answer is the long one's.

#include "core/people/eligibility.h"

#include <catch_amalgamated.hpp>

#include "tests/core/people/people_cases.h"
#include "tests/support/cases.h"

using namespace countersign;
using namespace countersign::people;
using namespace countersign::testing;

TEST_CASE("each case says who may review, and everything that stands in the way") {
    const Json cases = parse_json(read_case("people/eligibility.json")).value();
    REQUIRE(cases.array()->size() >= 12);
    for (const Json& one : *cases.array()) {
        INFO(one.text_of("case"));
        const Task task = written_task(*one.find("task"));
        const Reviewer reviewer = written_reviewer(*one.find("reviewer"));
        const Instant now = written_instant(one, "now");
        JsonArray said;
        for (const Exclusion& exclusion : exclusions(task, reviewer, now)) {
            said.emplace_back(std::string(barrier_name(exclusion.why)));
            said.emplace_back(sentence(exclusion));
        }
        CHECK(to_text(Json(said)) == to_text(*one.find("excluded")));
        CHECK(is_eligible(task, reviewer, now) == said.empty());
    }
}

TEST_CASE("the quick answer is the long one's") {
    constexpr uint64_t kSeed = 4;
    INFO("seed " << kSeed);
    stats::Random random(kSeed);
    size_t may = 0;
    size_t may_not = 0;
    for (int i = 0; i < 40; ++i) {
        const Town town = random_town(random, {.tasks = 6, .reviewers = 6, .most_reviews = 1, .limits_of_time = true});
        for (const Task& task : town.tasks) {
            for (const Reviewer& reviewer : town.reviewers) {
                const bool free = exclusions(task, reviewer, noon()).empty();
                CHECK(is_eligible(task, reviewer, noon()) == free);
                (free ? may : may_not) += 1;
            }
        }
    }
    CHECK(may > 100);
    CHECK(may_not > 100);
}

#pragma once
// People and tasks as an expert writes them in tests/cases/people, and random ones from a seed.

#include <vector>

#include "core/json/json.h"
#include "core/people/plan.h"
#include "core/stats/random.h"

namespace countersign::testing {

// Members that are not there have the type's own value. Times are RFC 3339. A test fails on what it does not know.
people::Reviewer written_reviewer(const Json& from);
people::Task written_task(const Json& from);
Instant written_instant(const Json& from, std::string_view name);

// "fixed" decimals of a case: a number whether it was written with a fraction or without.
double written_number(const Json& from);

struct Town {
    std::vector<people::Task> tasks;
    std::vector<people::Reviewer> reviewers;

    people::PlanInput input() const;
};

struct TownSize {
    size_t tasks = 0;
    size_t reviewers = 0;
    int64_t most_reviews = 3;  // a day's limit is up to so many
    bool limits_of_time = false;
};

// Skills, languages, conflicts, slots, due times and experience by chance.
Town random_town(stats::Random& random, const TownSize& size);

// At which all of these begin.
Instant noon();

}  // namespace countersign::testing

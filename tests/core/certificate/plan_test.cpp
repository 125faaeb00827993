#include "core/certificate/plan.h"

#include <vector>

#include <catch_amalgamated.hpp>

#include "core/certificate/bounds.h"
#include "core/stats/random.h"
#include "tests/support/cases.h"
#include "tests/support/numbers.h"

using namespace countersign;
using namespace countersign::certificate;
using namespace countersign::testing;

namespace {

// Two scores: the upper is right but for `wrong_ppm`, the lower half of the time.
std::vector<Judged> drawn(stats::Random& random, int count, uint64_t wrong_ppm) {
    std::vector<Judged> out;
    for (int i = 0; i < count; ++i) {
        const bool high = random.below(10) < 6;
        const bool wrong = random.below(1'000'000) < (high ? wrong_ppm : 500'000);
        out.push_back({Ppm{high ? 950'000 : 400'000}, wrong ? Finding::wrong : Finding::right});
    }
    return out;
}

}  // namespace

TEST_CASE("the least number of reviews for so many errors is the published table's") {
    const Json cases = parse_json(read_case("certificate/smallest_sample.json")).value();
    REQUIRE(cases.array()->size() >= 4);
    for (const Json& row : *cases.array()) {
        const Level level{number_at(row, "epsilon"), number_at(row, "delta")};
        for (const auto& [errors, reviews] : *row.find("reviews")->object()) {
            INFO(errors << " errors at " << level.epsilon);
            CHECK(smallest_sample(std::stoll(errors), level) == static_cast<int64_t>(number_of(reviews)));
        }
    }
}

TEST_CASE("one review fewer than the least number does not pass, that number does") {
    for (const int64_t errors : {0, 2, 17}) {
        for (const Level level : {Level{0.01, 0.05}, Level{0.3, 0.001}, Level{0.999, 0.5}, Level{1e-5, 0.1}}) {
            const int64_t least = smallest_sample(errors, level);
            CHECK(binomial_p_value(errors, least, level.epsilon) <= level.delta);
            CHECK(binomial_p_value(errors, least - 1, level.epsilon) > level.delta);
        }
    }
}

TEST_CASE("without any review the plan is the least number without errors") {
    const ReviewPlan plan = plan_reviews(Sample({}), {0.01, 0.1});
    CHECK(plan.if_no_more_errors == 339);  // ln(.1/3)/ln(.99)
    CHECK(plan.at_observed_rate == 339);
}

TEST_CASE("where too many are wrong at every threshold no number of reviews is enough") {
    stats::Random random(1);
    const ReviewPlan plan = plan_reviews(Sample(drawn(random, 500, 200'000)), {0.02, 0.1});
    CHECK_FALSE(plan.at_observed_rate);
    CHECK(plan.if_no_more_errors > 0);
}

TEST_CASE("after the planned number of reviews the tier opens about as often as not") {
    constexpr uint64_t kSeed = 9;
    INFO("seed " << kSeed);
    stats::Random random(kSeed);
    const Level level{0.02, 0.1};
    // A first sample with errors at the true rate, a hundredth: 3 of 300 above the threshold, 200 below.
    std::vector<Judged> first;
    first.reserve(500);
    for (int i = 0; i < 500; ++i) {
        first.push_back({Ppm{i < 300 ? 950'000 : 400'000}, i % 100 == 0 || i >= 400 ? Finding::wrong : Finding::right});
    }
    REQUIRE_FALSE(search_threshold(Sample(first), level).opened);
    const ReviewPlan plan = plan_reviews(Sample(first), level);
    REQUIRE(plan.at_observed_rate);
    CHECK(plan.threshold == Ppm{950'000});
    CHECK(plan.if_no_more_errors < *plan.at_observed_rate);
    constexpr int kRuns = 300;
    int opened = 0;
    for (int run = 0; run < kRuns; ++run) {
        const auto all = drawn(random, 500 + static_cast<int>(*plan.at_observed_rate), 10'000);
        opened += search_threshold(Sample(all), level).opened ? 1 : 0;
    }
    INFO("planned " << *plan.at_observed_rate << ", opened " << opened << " of " << kRuns);
    CHECK(opened > kRuns * 4 / 10);
    CHECK(opened < kRuns * 8 / 10);
}

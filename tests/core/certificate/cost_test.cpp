#include "core/certificate/cost.h"

#include <algorithm>
#include <array>
#include <cmath>

#include <catch_amalgamated.hpp>

#include "core/certificate/certificate.h"
#include "core/stats/random.h"

using namespace countersign;
using namespace countersign::certificate;

namespace {

double cost_of(const ReviewCost& review, double error, double right) {
    return review.work + ((1 - right) * review.miss_rate * error) + (right * review.spoil_rate * error);
}

// Costs of approving, checking quickly and reviewing fully.
std::array<double, 3> all_costs(const Costs& costs, double right) {
    return {(1 - right) * costs.error, cost_of(costs.quick, costs.error, right),
            cost_of(costs.full, costs.error, right)};
}

size_t tier_of(const CostThresholds& thresholds, Ppm score) {
    return score >= thresholds.automatic ? 0 : (score >= thresholds.quick ? 1 : 2);
}

}  // namespace

TEST_CASE("thresholds of a worked example") {
    // An error costs 100; a glance costs 1 and misses a fifth, a full review 5 and misses a fiftieth.
    const Costs costs{.error = 100, .quick = {1, 0.2, 0}, .full = {5, 0.02, 0}};
    const CostThresholds thresholds = cost_thresholds(costs).value();
    CHECK(thresholds.automatic == Ppm{987'500});  // x (1 - .2) 100 = 1
    CHECK(thresholds.quick == Ppm{777'778});      // x (.2 - .02) 100 = 4, rounded towards review
}

TEST_CASE("a quick check that never pays has no place between the two others") {
    const Costs costs{.error = 100, .quick = {4, 0.9, 0}, .full = {5, 0.02, 0}};
    const CostThresholds thresholds = cost_thresholds(costs).value();
    CHECK(thresholds.automatic == thresholds.quick);
    CHECK(thresholds.automatic == Ppm{948'980});  // x (1 - .02) 100 = 5
}

TEST_CASE("reviews dearer than an error approve everything") {
    const CostThresholds thresholds = cost_thresholds({.error = 1, .quick = {2, 0.2, 0}, .full = {5, 0, 0}}).value();
    CHECK(thresholds.automatic == Ppm{0});
}

TEST_CASE("at every probability the thresholds lead to the cheapest tier") {
    constexpr uint64_t kSeed = 20261202;
    INFO("seed " << kSeed);
    stats::Random random(kSeed);
    int checked = 0;
    for (int i = 0; i < 500; ++i) {
        Costs costs{.error = 1 + (99 * random.uniform())};
        costs.quick = {10 * random.uniform(), 0.8 * random.uniform(), 0.1 * random.uniform()};
        costs.full = {costs.quick.work + (20 * random.uniform()), costs.quick.miss_rate * random.uniform(),
                      costs.quick.spoil_rate * random.uniform()};
        const auto thresholds = cost_thresholds(costs);
        if (!thresholds.ok()) {
            CHECK(thresholds.error().field == "full");
            continue;
        }
        ++checked;
        for (int32_t score = 0; score <= 1'000'000; score += 20'000) {
            const std::array<double, 3> all = all_costs(costs, Ppm{score}.as_double());
            const double chosen = all.at(tier_of(thresholds.value(), Ppm{score}));
            CHECK(chosen <= *std::ranges::min_element(all) + (costs.error * 1e-5));
        }
    }
    CHECK(checked > 400);
}

TEST_CASE("costs that cannot be meant are refused with their field") {
    const ReviewCost fine{1, 0.1, 0};
    const auto field = [](const Costs& costs) { return cost_thresholds(costs).error().field; };
    CHECK(field({.error = 0, .quick = fine, .full = fine}) == "error");
    CHECK(field({.error = std::nan(""), .quick = fine, .full = fine}) == "error");
    CHECK(field({.error = 1, .quick = {-1, 0.1, 0}, .full = fine}) == "quick.work");
    CHECK(field({.error = 1, .quick = {1, 1.5, 0}, .full = fine}) == "quick.miss_rate");
    CHECK(field({.error = 1, .quick = fine, .full = {1, 0.1, -1}}) == "full.spoil_rate");
    CHECK(field({.error = 1, .quick = {1, 0.6, 0.4}, .full = fine}) == "quick");
    CHECK(field({.error = 1, .quick = fine, .full = {1, 0.2, 0}}) == "full");
}

TEST_CASE("what money would open, evidence has to") {
    std::vector<Judged> judged;
    for (int i = 0; i < 2000; ++i) {
        const bool sure = i % 2 == 0;
        judged.push_back({Ppm{sure ? 950'000 : 700'000}, !sure && i % 20 == 1 ? Finding::wrong : Finding::right});
    }
    Request request{.epsilon = Ppm{20'000}, .delta = Ppm{100'000}};
    // Cheap errors would approve from .5 on; a tenth of what scores .7 is wrong.
    request.search.laxest = cost_thresholds({.error = 1, .quick = {0.5, 0, 0}, .full = {5, 0, 0}}).value().automatic;
    CHECK(*request.search.laxest == Ppm{500'000});
    CHECK(certify(Sample(judged), request).value().opened->threshold == Ppm{950'000});
    // Dear errors approve from .9 on, although the evidence would reach to .95 only: .9 takes the same items.
    request.search.laxest = Ppm{900'000};
    CHECK(certify(Sample(judged), request).value().opened->threshold == Ppm{900'000});
    request.search.laxest = Ppm{990'000};
    CHECK_FALSE(certify(Sample(judged), request).value().opened);
}

#include "core/audit/propensity.h"

#include <cmath>
#include <string>
#include <vector>

#include <catch_amalgamated.hpp>

#include "core/audit/coin.h"
#include "core/audit/strata.h"
#include "core/base/concat.h"
#include "core/stats/random.h"
#include "core/stats/special.h"

using namespace countersign;
using namespace countersign::audit;
using Catch::Approx;

TEST_CASE("propensities follow the spread, never reach 0 and add up to the budget") {
    stats::Random random(1);
    std::vector<double> risks;
    for (int i = 0; i < 2000; ++i) {
        const double u = random.uniform();
        risks.push_back(i < 5 ? 0 : u * u * u);
    }
    for (const double rate : {0.001, 0.05, 0.4, 0.9, 1.0}) {
        INFO("rate " << rate);
        const PropensityRule rule(risks, rate);
        double sum = 0;
        for (const double f : risks) {
            const Ppm pi = rule(f);
            CHECK((pi.value >= 1 && pi <= kCertain));
            sum += pi.as_double();
        }
        CHECK(sum == Approx(rate * 2000).epsilon(0.002));
    }
    const PropensityRule rule(risks, 0.05);
    // A fifth is uniform: what the model is sure of has a fifth of the mean rate.
    CHECK(rule(0).value == 10'000);
    CHECK(rule(1).value == 10'000);
    // The rest is proportional to sqrt(f (1 - f)): .3 to .4 at .1 and .2.
    CHECK(static_cast<double>(rule(0.1).value - 10'000) / (rule(0.2).value - 10'000) == Approx(0.75).epsilon(1e-3));
}

TEST_CASE("without items to fit to, or with items that are all alike, every one has the rate") {
    CHECK(PropensityRule({}, 0.05)(0.3) == Ppm{50'000});
    const std::vector<double> sure(10, 0.0);
    CHECK(PropensityRule(sure, 0.05)(0) == Ppm{50'000});
    const std::vector<double> alike(10, 0.2);
    CHECK(PropensityRule(alike, 0.05)(0.2) == Ppm{50'000});
}

TEST_CASE("a coin is the same wherever it is thrown") {
    // HMAC-SHA256 by another implementation: python3 hmac, first 44 bits times 10^6 / 2^44.
    CHECK(coin_of("key", ItemId("item-1")).value == 685'250);
    CHECK(coin_of("key", ItemId("item-2")).value == 233'483);
    CHECK(coin_of("another key", ItemId("item-1")) != coin_of("key", ItemId("item-1")));
    CHECK(is_chosen("key", ItemId("item-1"), kCertain));
    CHECK_FALSE(is_chosen("key", ItemId("item-1"), Ppm{0}));
    CHECK_FALSE(is_chosen("key", ItemId("item-1"), coin_of("key", ItemId("item-1"))));
}

TEST_CASE("coins choose as many as the propensity says, evenly, whatever the ids look like") {
    constexpr int kItems = 20'000;
    std::vector<int> tenths(10, 0);
    for (int i = 0; i < kItems; ++i) {
        ++tenths[static_cast<size_t>(coin_of("audit", ItemId(concat("msg-", i))).value / 100'000)];
    }
    double chi_squared = 0;
    for (const int count : tenths) {
        chi_squared += (count - kItems / 10.0) * (count - kItems / 10.0) / (kItems / 10.0);
    }
    CHECK(stats::chi_squared_cdf(chi_squared, 9) < 0.999);
}

TEST_CASE("strata divide at half, four fifths and nineteen twentieths") {
    std::vector<double> risks;
    for (int i = 1; i <= 100; ++i) {
        risks.push_back(i / 100.0);
    }
    const RiskStrata strata(risks);
    std::vector<int> counts(4, 0);
    for (const double f : risks) {
        ++counts[strata.of(f)];
    }
    CHECK(counts == std::vector<int>{50, 30, 15, 5});
    CHECK(strata.of(0) == 0);
    CHECK(strata.of(1) == 3);
    // Ties stay together.
    const std::vector<double> same(20, 0.1);
    CHECK(RiskStrata(same).of(0.1) == 0);
    CHECK(RiskStrata(same).of(0.2) == 3);
}

TEST_CASE("the budget goes where it tells most, ten to each, all of it and never more than there are") {
    const std::vector<Stratum> strata{{5000, 0.001}, {3000, 0.01}, {1500, 0.05}, {500, 0.3}};
    const std::vector<int64_t> audits = allocate(strata, 300);
    CHECK(audits[0] + audits[1] + audits[2] + audits[3] == 300);
    // 5000 sqrt(.001 .999) = 158.0, and 298.5, 326.9, 229.1: 46.8, 88.4, 96.9 and 67.9 of 300.
    CHECK(audits == std::vector<int64_t>{47, 88, 97, 68});
    const std::vector<Stratum> small{{1000, 0.0}, {4, 0.5}, {0, 0}, {30, 0.4}};
    CHECK(allocate(small, 60) == std::vector<int64_t>{26, 4, 0, 30});
    CHECK(allocate(small, 5) == std::vector<int64_t>{10, 4, 0, 10});
    CHECK(allocate(small, 5000) == std::vector<int64_t>{1000, 4, 0, 30});
    const std::vector<Ppm> propensities = stratum_propensities(small, allocate(small, 60));
    CHECK(propensities == std::vector<Ppm>{Ppm{26'000}, kCertain, Ppm{0}, kCertain});
}

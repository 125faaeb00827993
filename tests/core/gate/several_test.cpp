#include "core/gate/several.h"

#include <cmath>

#include <catch_amalgamated.hpp>

#include "core/gate/metric.h"
#include "core/stats/random.h"

using namespace countersign;
using namespace countersign::gate;

TEST_CASE("Holm's p-values rise with the p-values and stay below 1") {
    const std::vector<double> p{0.01, 0.04, 0.03, 0.005, 0.6};
    const std::vector<double> adjusted = holm(p);
    const std::vector<double> expected{0.04, 0.09, 0.09, 0.025, 0.6};
    for (size_t i = 0; i < p.size(); ++i) {
        CHECK(adjusted[i] == Catch::Approx(expected[i]));
    }
    CHECK(holm({}).empty());
    CHECK(holm(std::vector<double>{0.7, 0.8}) == std::vector<double>{1, 1});
}

TEST_CASE("some seven hundred and seventy items tell a margin of two in a hundred from none") {
    CHECK(std::abs(static_cast<double>(items_needed({.discordance = 0.05})) - 772) <= 1);
    CHECK(items_needed({.discordance = 0.05, .margin = 0.04}) < 200);
    CHECK(items_needed({.discordance = 0}) == 0);
}

TEST_CASE("a metric that got worse is found, and one of noise is not") {
    stats::Random random(41);
    MetricPair worse{.name = "cost", .base = {}, .candidate = {}, .clusters = {}};
    MetricPair noise = worse;
    for (int i = 0; i < 400; ++i) {
        const double base = random.uniform();
        worse.base.push_back(base);
        noise.base.push_back(base);
        worse.candidate.push_back(base + 0.1 + (random.uniform() - 0.5));
        noise.candidate.push_back(base + (random.uniform() - 0.5));
    }
    const MetricOptions options{.seed = 1, .repeats = 2000};
    const MetricDifference found = compare_metric(worse, options);
    CHECK(found.difference == Catch::Approx(0.1).margin(0.04));
    CHECK((found.interval.low > 0.05 && found.interval.low < found.difference));
    CHECK(found.worse < 0.001);
    CHECK(found.two_sided < 0.002);
    const MetricDifference none = compare_metric(noise, options);
    CHECK((none.interval.low < 0 && none.interval.high > 0));
    CHECK(none.two_sided > 0.05);
    CHECK(compare_metric(noise, options).interval.low == none.interval.low);
}

TEST_CASE("flipped signs of a few items give the exact share") {
    // Of 2^4 signs, one gives a sum as large as 1 + 2 + 3 + 4, and one more as far from 0.
    const MetricPair metric{.name = "cost", .base = {0, 0, 0, 0}, .candidate = {1, 2, 3, 4}, .clusters = {}};
    const MetricDifference is = compare_metric(metric, {.seed = 2, .repeats = 20'000});
    CHECK(is.worse == Catch::Approx(1.0 / 16).margin(0.006));
    CHECK(is.two_sided == Catch::Approx(2.0 / 16).margin(0.008));
}

TEST_CASE("items of one document count as one") {
    MetricPair metric{.name = "cost", .base = {}, .candidate = {}, .clusters = {}};
    stats::Random random(43);
    for (uint32_t document = 0; document < 20; ++document) {
        const double change = random.uniform() - 0.4;
        for (int i = 0; i < 50; ++i) {
            metric.base.push_back(1);
            metric.candidate.push_back(1 + change);
            metric.clusters.push_back(document * 7);
        }
    }
    const MetricOptions options{.seed = 3, .repeats = 2000};
    const MetricDifference clustered = compare_metric(metric, options);
    metric.clusters.clear();
    const MetricDifference apart = compare_metric(metric, options);
    CHECK(clustered.clusters == 20);
    CHECK(apart.clusters == 1000);
    const auto width = [](const MetricDifference& is) { return is.interval.high - is.interval.low; };
    CHECK(width(clustered) > 4 * width(apart));
    CHECK(clustered.two_sided > apart.two_sided);
}

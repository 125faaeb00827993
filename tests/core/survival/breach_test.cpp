// Forecasts of lateness: do as many items come late as were forecast, also for slow and quick reviewers?

#include "core/survival/breach.h"

#include <cmath>

#include <catch_amalgamated.hpp>

#include "core/stats/elementary.h"
#include "core/stats/random.h"
#include "core/stats/special.h"

using namespace countersign;
using namespace countersign::survival;

namespace {

constexpr size_t kReviewers = 6;

double factor_of(uint32_t reviewer) {
    return stats::exp(0.5 * (static_cast<double>(reviewer) - 2.5));
}

// Log-normal about ten minutes, times the reviewer's factor.
double random_seconds(stats::Random& random, uint32_t reviewer) {
    const double normal = stats::normal_quantile(random.uniform() * 0.999999 + 5e-7);
    return 600 * factor_of(reviewer) * stats::exp(0.8 * normal);
}

std::vector<Turn> random_history(stats::Random& random, uint32_t turns) {
    std::vector<Turn> out;
    for (uint32_t item = 0; item < turns; ++item) {
        const auto reviewer = static_cast<uint32_t>(random.below(kReviewers));
        const double seconds = random_seconds(random, reviewer);
        const double watched = 6'000 * random.uniform() + 1;
        out.push_back(
            {item, reviewer, std::min(seconds, watched), seconds <= watched ? Ending::finished : Ending::censored});
    }
    return out;
}

struct Tally {
    double expected = 0;
    double variance = 0;
    int late = 0;
    int items = 0;
};

void count(Tally& tally, double probability, bool late) {
    tally.expected += probability;
    tally.variance += probability * (1 - probability);
    tally.late += late ? 1 : 0;
    ++tally.items;
}

// Within three standard deviations, and five hundredths for what the history does not know.
bool fits(const Tally& tally) {
    return std::abs(tally.late - tally.expected) < 3 * std::sqrt(tally.variance) + 0.05 * tally.items;
}

struct Tallies {
    Tally all;
    std::vector<Tally> by_probability = std::vector<Tally>(5);
    std::vector<Tally> by_reviewer = std::vector<Tally>(kReviewers);
};

// A history, and items that are open at some age.
Tallies simulate(uint64_t seed) {
    stats::Random random(seed);
    const auto turns = random_history(random, 4'000);
    const History history = learn(turns, turns.size(), kReviewers);
    Tallies out;
    for (int i = 0; i < 6'000; ++i) {
        const auto reviewer = static_cast<uint32_t>(random.below(kReviewers));
        const double seconds = random_seconds(random, reviewer);
        const double age = 900 * random.uniform();
        if (seconds <= age) {
            continue;  // it is not open any more
        }
        const OpenItem item{reviewer, age, age + 1'500 * random.uniform() + 60};
        const double p = forecast(history, std::vector{item}).items[0].probability;
        const bool late = seconds > item.due_seconds;
        count(out.all, p, late);
        count(out.by_probability[std::min<size_t>(4, static_cast<size_t>(p * 5))], p, late);
        count(out.by_reviewer[reviewer], p, late);
    }
    return out;
}

}  // namespace

TEST_CASE("of the items that are forecast late with some probability, that share is late") {
    const uint64_t seed = GENERATE(1U, 2U, 3U);
    INFO("seed " << seed);
    const Tallies tallies = simulate(seed);
    for (const auto& group : {tallies.by_probability, tallies.by_reviewer}) {
        for (const Tally& tally : group) {
            CAPTURE(tally.items, tally.late, tally.expected);
            REQUIRE(tally.items > 100);
            CHECK(fits(tally));
        }
    }
}

TEST_CASE(
    "over several histories the expected number of late items has no bias, though a fifth of history is unfinished") {
    Tally sum;
    for (uint64_t seed = 1; seed <= 12; ++seed) {
        const Tally all = simulate(seed).all;
        sum.expected += all.expected;
        sum.late += all.late;
        sum.items += all.items;
    }
    CAPTURE(sum.items, sum.late, sum.expected);
    // With factors out of finished reviews only it was 0.025 of the items.
    CHECK(std::abs(sum.late - sum.expected) < 0.007 * sum.items);
}

TEST_CASE("the factors of reviewers are found, though no item has two reviews") {
    const uint64_t seed = 7;
    INFO("seed " << seed);
    stats::Random random(seed);
    const auto turns = random_history(random, 6'000);
    const History history = learn(turns, turns.size(), kReviewers);
    for (uint32_t reviewer = 1; reviewer < kReviewers; ++reviewer) {
        const double ratio = history.factors[reviewer] / history.factors[reviewer - 1];
        CAPTURE(reviewer, ratio);
        // The true ratio is exp(0.5); the slow lose a little, because their long times are censored more often.
        CHECK(ratio > 1.3);
        CHECK(ratio < 1.9);
    }
}

TEST_CASE("forecasts say what history cannot tell") {
    const std::vector<Turn> turns{{0, 0, 100}, {1, 0, 200}, {2, 0, 300}, {3, 0, 400, Ending::censored}};
    const History history = learn(turns, 4, 2);
    CHECK(history.factors[1] == 1);
    const std::vector<OpenItem> open{{0U, 250, 250}, {0U, 0, 150}, {{}, 0, 500}, {{}, 450, 500}, {1U, 150, 250}};
    const Forecast out = forecast(history, open);
    CHECK(out.items[0].probability == 1);
    CHECK(out.items[0].support == Support::seen);
    CHECK(std::abs(out.items[1].probability - 0.75) < 1e-12);
    CHECK(std::abs(out.items[2].probability - 0.25) < 1e-12);
    CHECK(out.items[2].support == Support::at_most);
    CHECK(out.items[2].interval.low == 0);
    CHECK(out.items[3].support == Support::unknown);
    CHECK(out.items[3].probability == 1);
    CHECK(std::abs(out.items[4].probability - 2.0 / 3) < 1e-12);
    CHECK(std::abs(out.expected_late - (1 + 0.75 + 0.25 + 1 + 2.0 / 3)) < 1e-12);
    CHECK(std::abs(out.deviation - std::sqrt(0.75 * 0.25 * 2 + 2.0 / 9)) < 1e-12);
}

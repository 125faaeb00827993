// The Kaplan-Meier estimate against published figures (tests/cases/survival), and what holds for every sample.

#include "core/survival/kaplan_meier.h"

#include <cmath>

#include <catch_amalgamated.hpp>

#include "core/stats/elementary.h"
#include "core/stats/random.h"
#include "tests/support/cases.h"
#include "tests/support/numbers.h"

using namespace countersign;
using namespace countersign::survival;
using namespace countersign::testing;

namespace {

std::vector<Observation> observations_of(const Json& times) {
    std::vector<Observation> out;
    for (const Json& one : *times.array()) {
        const std::string& text = *one.string();
        const bool open = text.ends_with('+');
        out.push_back({std::stod(text), open ? Ending::censored : Ending::finished});
    }
    return out;
}

// Half a unit of the last digit that was printed.
constexpr double kPrinted = 0.000051;

void check_step(const Step& step, const JsonArray& expected, double margin) {
    INFO("at " << step.time);
    CHECK(step.time == number_of(expected[0]));
    CHECK(static_cast<double>(step.at_risk) == number_of(expected[1]));
    CHECK(static_cast<double>(step.finished) == number_of(expected[2]));
    CHECK(std::abs(step.survival - number_of(expected[3])) < margin);
    if (expected.size() > 4) {
        CHECK(std::abs(step.survival * std::sqrt(step.hazard_sum) - number_of(expected[4])) < kPrinted);
    }
    if (expected.size() > 6) {
        CHECK(std::abs(step.log_log.low - number_of(expected[5])) < kPrinted);
        CHECK(std::abs(step.log_log.high - number_of(expected[6])) < kPrinted);
    }
}

std::optional<double> number_or_none(const Json& json) {
    return json.is_null() ? std::nullopt : std::optional(number_of(json));
}

std::vector<Observation> random_observations(stats::Random& random) {
    std::vector<Observation> out(static_cast<size_t>(1 + random.below(60)));
    for (Observation& one : out) {
        one = {static_cast<double>(random.below(30)), random.below(3) == 0 ? Ending::censored : Ending::finished};
    }
    return out;
}

}  // namespace

TEST_CASE("survival, its errors and intervals, median and restricted mean are those that textbooks print") {
    const Json cases = parse_json(read_case("survival/textbook.json")).value();
    for (const Json& one : *cases.find("cases")->array()) {
        INFO(one.text_of("case"));
        const Curve curve = kaplan_meier(observations_of(*one.find("times")));
        const JsonArray& steps = *one.find("steps")->array();
        REQUIRE(curve.steps.size() == steps.size());
        for (size_t i = 0; i < steps.size(); ++i) {
            // Miller prints three digits.
            check_step(curve.steps[i], *steps[i].array(), steps[i].array()->size() == 5 ? 0.00051 : kPrinted);
        }
        const Quantile median = quantile(curve, 0.5);
        const JsonArray& expected = *one.find("median")->array();
        CHECK(median.time == number_or_none(expected[0]));
        CHECK(median.low == number_or_none(expected[1]));
        CHECK(median.high == number_or_none(expected[2]));
        const Json& mean = *one.find("mean");
        const RestrictedMean restricted = restricted_mean(curve, number_at(mean, "horizon"));
        CHECK(std::abs(restricted.mean - number_at(mean, "mean")) < 0.051);
        if (mean.find("standard_error") != nullptr) {
            CHECK(std::abs(restricted.standard_error - number_at(mean, "standard_error")) < 0.0051);
        }
    }
}

TEST_CASE(
    "without censoring the curve is the share that is left, and the restricted mean the mean of what is cut off") {
    const auto seed = GENERATE(range(uint64_t{1}, uint64_t{51}));
    INFO("seed " << seed);
    stats::Random random(seed);
    auto observations = random_observations(random);
    double sum = 0;
    for (Observation& one : observations) {
        one.ending = Ending::finished;
        sum += std::min(one.time, 17.0);
    }
    const Curve curve = kaplan_meier(observations);
    const auto n = static_cast<double>(observations.size());
    for (const Step& step : curve.steps) {
        const auto left = std::ranges::count_if(observations, [&](const Observation& o) { return o.time > step.time; });
        CHECK(std::abs(step.survival - static_cast<double>(left) / n) < 1e-12);
        // Greenwood's variance is then the binomial one.
        if (step.survival > 0) {
            const double binomial = step.survival * (1 - step.survival) / n;
            CHECK(std::abs(step.survival * step.survival * step.hazard_sum - binomial) < 1e-12);
        }
    }
    CHECK(std::abs(restricted_mean(curve, 17).mean - sum / n) < 1e-9);
}

TEST_CASE("curves fall, intervals hold them, conditional probabilities multiply") {
    const auto seed = GENERATE(range(uint64_t{1}, uint64_t{101}));
    INFO("seed " << seed);
    stats::Random random(seed);
    const auto observations = random_observations(random);
    const Curve curve = kaplan_meier(observations);
    double before = 1;
    for (const Step& step : curve.steps) {
        CHECK(step.survival < before);
        before = step.survival;
        for (const stats::Interval& interval : {step.greenwood, step.log_log}) {
            CHECK(interval.low <= step.survival);
            CHECK(interval.high >= step.survival);
            CHECK(interval.low >= 0);
            CHECK(interval.high <= 1);
        }
    }
    const auto first = conditional_survival(curve, 0, 8);
    const auto second = conditional_survival(curve, 8, 20);
    const auto whole = conditional_survival(curve, 0, 20);
    if (first && second && whole) {
        CHECK(std::abs(first->survival * second->survival - whole->survival) < 1e-12);
        CHECK(whole->interval.low <= whole->survival);
        CHECK(whole->survival <= whole->interval.high);
        CHECK(whole->beyond == (curve.longest < 20 && whole->survival > 0));
    }
}

TEST_CASE("given its age, an item of the 6-MP trial: what is known, what is only a bound, what nobody has seen") {
    const std::vector<Observation> short_study{{2}, {4}, {4, Ending::censored}, {8}, {9, Ending::censored}};
    const Curve curve = kaplan_meier(short_study);
    // Of five, one finished at 2, one at 4, one of two at 8.
    const auto known = conditional_survival(curve, 3, 8);
    REQUIRE(known);
    CHECK(std::abs(known->survival - (3.0 / 4) * (1.0 / 2)) < 1e-12);
    CHECK_FALSE(known->beyond);
    const auto bound = conditional_survival(curve, 3, 10);
    REQUIRE(bound);
    CHECK(bound->beyond);
    CHECK(std::abs(bound->survival - known->survival) < 1e-12);
    CHECK_FALSE(conditional_survival(curve, 9.5, 10));
    CHECK_FALSE(conditional_survival(kaplan_meier({}), 0, 1));
    // With everything finished by 8 nothing is open behind it.
    const Curve complete = kaplan_meier(std::vector<Observation>{{2}, {4}, {8}});
    CHECK_FALSE(conditional_survival(complete, 8, 9));
    CHECK(conditional_survival(complete, 5, 9)->survival == 0);
    CHECK(conditional_survival(complete, 5, 9)->interval.high == 1);
    CHECK_FALSE(conditional_survival(complete, 5, 9)->beyond);
}

TEST_CASE("at tied times what finished counts before what was censored") {
    const Curve curve = kaplan_meier(std::vector<Observation>{{5, Ending::censored}, {5}, {7}});
    REQUIRE(curve.steps.size() == 2);
    CHECK(curve.steps[0].at_risk == 3);
    CHECK(std::abs(curve.steps[0].survival - 2.0 / 3) < 1e-12);
    CHECK(curve.steps[1].at_risk == 1);
}

TEST_CASE("log-log intervals hold the true share as often as they say, with a third censored") {
    const uint64_t seed = 20261201;
    INFO("seed " << seed);
    stats::Random random(seed);
    constexpr int kRuns = 2'000;
    int held = 0;
    for (int run = 0; run < kRuns; ++run) {
        std::vector<Observation> sample;
        for (int i = 0; i < 60; ++i) {
            const double life = -stats::log(1 - random.uniform());
            const double seen = -2 * stats::log(1 - random.uniform());
            sample.push_back({std::min(life, seen), life <= seen ? Ending::finished : Ending::censored});
        }
        const Curve curve = kaplan_meier(sample);
        const auto step = std::ranges::upper_bound(curve.steps, 0.7, {}, &Step::time);
        REQUIRE(step != curve.steps.begin());
        const stats::Interval interval = std::prev(step)->log_log;
        const double truth = stats::exp(-0.7);
        held += interval.low <= truth && truth <= interval.high ? 1 : 0;
    }
    CAPTURE(held);
    // 95 %, and three standard deviations of the simulation.
    CHECK(std::abs(held - 0.95 * kRuns) < 30 + 0.005 * kRuns);
}

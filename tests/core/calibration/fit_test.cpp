#include "core/calibration/fit.h"

#include <catch_amalgamated.hpp>

#include "core/calibration/measures.h"
#include "core/stats/random.h"
#include "tests/core/calibration/routing_set.h"

using namespace countersign;
using namespace countersign::calibration;
using namespace countersign::testing;

namespace {

std::vector<Calibrator> every_fit(std::span<const Outcome> outcomes) {
    return {fit_temperature(outcomes),
            fit_platt(outcomes),
            fit_beta(outcomes),
            fit_isotonic(outcomes),
            fit_isotonic(outcomes, Smoothing::none),
            fit_histogram(outcomes)};
}

double slope_of(const Calibrator& by, double from, double to) {
    return calibrate(by, to) - calibrate(by, from);
}

void check_is_a_map(const Calibrator& by) {
    INFO(method_name(by));
    double before = 0;
    for (int i = 0; i <= 1000; ++i) {
        const double value = calibrate(by, i / 1000.0);
        REQUIRE((value >= before && value <= 1));
        before = value;
    }
}

std::vector<Outcome> drawn(size_t count, uint64_t seed, double slope, double intercept) {
    stats::Random random(seed);
    const Calibrator truth = Platt{slope, intercept};
    std::vector<Outcome> out;
    for (size_t i = 0; i < count; ++i) {
        const double confidence = random.uniform();
        out.push_back({.confidence = confidence, .right = random.uniform() < calibrate(truth, confidence)});
    }
    return out;
}

}  // namespace

TEST_CASE("every fit of hard cases is a map that rises from 0 to 1") {
    const std::vector<std::vector<Outcome>> cases{
        {{0.7, true}},
        {{0.7, false}},
        {{0, true}, {1, false}},
        {{0, false}, {1, true}},
        {{1, true}, {1, true}, {1, true}, {1, false}},
        {{0.2, false}, {0.3, false}, {0.8, true}, {0.9, true}},
        {{0.2, true}, {0.3, true}, {0.8, false}, {0.9, false}},
        {{0.5, true}, {0.5, false}, {0.5, true}},
        {{0.9, true, 1000}, {0.8, false, 0.001}, {0.1, true, 1e-9}},
    };
    for (size_t i = 0; i < cases.size(); ++i) {
        INFO("case " << i);
        for (const Calibrator& by : every_fit(cases[i])) {
            check_is_a_map(by);
        }
    }
}

TEST_CASE("a map that bent confidence is found again") {
    const std::vector<Outcome> outcomes = drawn(40'000, 21, 0.5, -0.3);
    const Platt platt = fit_platt(outcomes);
    CHECK(platt.slope == Catch::Approx(0.5).margin(0.02));
    CHECK(platt.intercept == Catch::Approx(-0.3).margin(0.03));
    const Beta beta = fit_beta(outcomes);
    CHECK(beta.a == Catch::Approx(0.5).margin(0.05));
    CHECK(beta.b == Catch::Approx(0.5).margin(0.05));
    CHECK(fit_temperature(drawn(40'000, 22, 0.5, 0)).temperature == Catch::Approx(2).margin(0.1));
    for (const Calibrator& by : every_fit(outcomes)) {
        INFO(method_name(by));
        const bool one_number_only = std::holds_alternative<Temperature>(by);
        CHECK(std::abs(calibrate(by, 0.8) - calibrate(Platt{0.5, -0.3}, 0.8)) < (one_number_only ? 0.1 : 0.03));
    }
}

TEST_CASE("a model that is surer the more it is wrong gets one probability for all") {
    const std::vector<Outcome> outcomes = drawn(4000, 23, -1, 0.5);
    CHECK(fit_platt(outcomes).slope == 0);
    const Beta beta = fit_beta(outcomes);
    CHECK((beta.a == 0 && beta.b == 0));
    for (const Calibrator& by : every_fit(outcomes)) {
        INFO(method_name(by));
        CHECK(slope_of(by, 0.2, 0.8) < 0.02);
    }
}

TEST_CASE("a coefficient of the beta map that would be negative is held at 0") {
    // Where the model is nearly sure, it is right less often than where it is somewhat sure.
    stats::Random random(24);
    std::vector<Outcome> outcomes;
    for (int i = 0; i < 4000; ++i) {
        const double c = 0.01 + (0.98 * random.uniform());
        const double right = calibrate(Beta{.a = 2, .b = -0.5, .intercept = 1.5}, c);
        outcomes.push_back({.confidence = c, .right = random.uniform() < right});
    }
    const Beta beta = fit_beta(outcomes);
    CHECK(beta.a > 0.1);
    CHECK(beta.b == 0);
    check_is_a_map(beta);
}

TEST_CASE("a weight of three fits as three equal items do") {
    std::vector<Outcome> weighted = drawn(500, 25, 0.7, 0.2);
    std::vector<Outcome> repeated;
    stats::Random random(26);
    for (Outcome& one : weighted) {
        const size_t times = 1 + static_cast<size_t>(random.below(3));
        repeated.insert(repeated.end(), times, one);
        one.weight = static_cast<double>(times) * 0.25;
    }
    CHECK(fit_platt(weighted).slope == Catch::Approx(fit_platt(repeated).slope).epsilon(1e-3));
    CHECK(fit_beta(weighted).a == Catch::Approx(fit_beta(repeated).a).epsilon(1e-3));
    CHECK(fit_temperature(weighted).temperature == Catch::Approx(fit_temperature(repeated).temperature).epsilon(1e-3));
    const Isotonic a = fit_isotonic(weighted, Smoothing::none);
    const Isotonic b = fit_isotonic(repeated, Smoothing::none);
    for (const Outcome& one : weighted) {
        CHECK(calibrate(a, one.confidence) == Catch::Approx(calibrate(b, one.confidence)));
    }
}

TEST_CASE("the same outcomes in any order give the same levels") {
    std::vector<Outcome> outcomes = drawn(300, 27, 1, 0);
    for (Outcome& one : outcomes) {
        one.confidence = std::floor(one.confidence * 10) / 10;
    }
    const Isotonic isotonic = fit_isotonic(outcomes);
    const Histogram histogram = fit_histogram(outcomes);
    stats::Random random(28);
    random.shuffle(outcomes);
    CHECK(fit_isotonic(outcomes) == isotonic);
    CHECK(fit_histogram(outcomes) == histogram);
}

TEST_CASE("pooling gives the levels that were worked out by hand") {
    const std::vector<Outcome> outcomes{{0.1, false}, {0.2, true}, {0.3, false}, {0.4, true}, {0.5, true}};
    CHECK(fit_isotonic(outcomes, Smoothing::none) == Isotonic{{{0.1, 0}, {0.2, 0.5}, {0.3, 0.5}, {0.4, 1}, {0.5, 1}}});
    // (0 + 1)/(1 + 2), (1 + 1)/(2 + 2), (2 + 1)/(2 + 2).
    CHECK(fit_isotonic(outcomes) == Isotonic{{{0.1, 1.0 / 3}, {0.2, 0.5}, {0.3, 0.5}, {0.4, 0.75}, {0.5, 0.75}}});
    CHECK(fit_histogram(outcomes, 2) == Histogram{{{0.3, 0.4}, {1, 0.75}}});
}

TEST_CASE("a temperature over two classes is that over right and wrong") {
    const std::vector<Outcome> outcomes = drawn(1000, 29, 0.6, 0);
    std::vector<std::array<double, 2>> probabilities;
    probabilities.reserve(outcomes.size());
    std::vector<ClassOutcome> classes;
    for (const Outcome& one : outcomes) {
        // Not normalised, as rounded ones are.
        probabilities.push_back({one.confidence * 0.999, (1 - one.confidence) * 0.999});
        classes.push_back({.forecast = {one.confidence, probabilities.back(), 0}, .truth = one.right ? 0U : 1U});
    }
    const Temperature binary = fit_temperature(outcomes);
    const Temperature over_classes = fit_temperature(classes);
    CHECK(over_classes.over == Temperature::Over::classes);
    CHECK(over_classes.temperature == Catch::Approx(binary.temperature).epsilon(1e-6));
    CHECK(calibrate(over_classes, classes[0].forecast) ==
          Catch::Approx(calibrate(binary, outcomes[0].confidence)).epsilon(1e-6));
    CHECK(calibrate(over_classes, 0.8) == Catch::Approx(calibrate(binary, 0.8)).epsilon(1e-6));
}

TEST_CASE("a class probability of 0 for what is true does not end in infinity") {
    const std::array<double, 3> probabilities{1, 0, 0};
    const std::vector<ClassOutcome> outcomes{{.forecast = {1, probabilities, 0}, .truth = 2},
                                             {.forecast = {1, probabilities, 0}, .truth = 0}};
    const Temperature by = fit_temperature(outcomes);
    CHECK((by.temperature > 1 && by.temperature <= 1000));
    const double value = calibrate(by, outcomes[0].forecast);
    CHECK((value > 0 && value < 1));
}

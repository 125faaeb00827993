// Measures and fits against reference values of five real models (shared data: expected/calibration.json).

#include <catch_amalgamated.hpp>

#include "core/calibration/fit.h"
#include "core/calibration/measures.h"
#include "tests/core/calibration/routing_set.h"

using namespace countersign;
using namespace countersign::calibration;
using namespace countersign::testing;

namespace {

constexpr std::string_view kExpected = "data/expected/calibration.json";

void check_measures(const Measures& is, const Json& expected, double tolerance) {
    const auto near = [&expected, tolerance](std::string_view name, double value) {
        INFO(name << " is " << value);
        CHECK(std::abs(value - number_at(expected, name)) <= tolerance);
    };
    near("ece15", is.ece);
    near("adaptive_ece15", is.adaptive_ece);
    near("ks", is.ks);
    near("brier", is.brier.score);
    near("nll", is.log_loss);
    near("ece_sweep", is.ece_sweep);
    near("debiased_sq15", is.debiased_squared_error);
    CHECK(static_cast<double>(is.sweep_bins) == number_at(expected, "sweep_bins"));
}

std::vector<double> coefficients(const Json& expected, std::string_view name) {
    std::vector<double> out;
    for (const Json& value : *expected.find(name)->array()) {
        out.push_back(value.number()->value);
    }
    return out;
}

void check_near(std::string_view name, const std::vector<double>& are, const std::vector<double>& expected,
                double tolerance) {
    REQUIRE(are.size() == expected.size());
    for (size_t i = 0; i < are.size(); ++i) {
        INFO(name << " " << i << " is " << are[i]);
        CHECK(std::abs(are[i] - expected[i]) <= tolerance);
    }
}

double log_loss_after(const Calibrator& by, const std::vector<Outcome>& outcomes) {
    return measure(mapped(by, outcomes)).value().log_loss;
}

}  // namespace

TEST_CASE("measures of what five models state are those of the reference") {
    const auto text = read_shared(kExpected);
    if (!text) {
        SKIP("no shared test data: " << kExpected);
    }
    const Json expected = parse_json(*text).value();
    for (const std::string_view name : kRoutingSets) {
        INFO(name);
        const RoutingSet set = read_routing_set(name).value();
        const Json& one = *expected.find("sets")->find(name);
        const Measures all = measure(set.all).value();
        const Measures odd = measure(set.odd).value();
        check_measures(all, *one.find("all_raw"), 1e-4);
        check_measures(odd, *one.find("odd_rows_raw"), 1e-4);
        CHECK(std::abs(all.mce - number_at(*one.find("all_raw"), "mce15")) <= 1e-4);
        CHECK(std::abs(odd.mce - number_at(*one.find("odd_rows_raw"), "mce15")) <= 1e-4);
        CHECK(std::abs(all.accuracy - number_at(one, "accuracy")) <= 1e-4);
        CHECK(std::abs(all.mean_confidence - number_at(one, "mean_confidence")) <= 1e-4);
    }
}

TEST_CASE("maps fitted to the even rows of five models do on the odd rows what the reference does") {
    const auto text = read_shared(kExpected);
    if (!text) {
        SKIP("no shared test data: " << kExpected);
    }
    const Json expected = parse_json(*text).value();
    for (const std::string_view name : kRoutingSets) {
        INFO(name);
        const RoutingSet set = read_routing_set(name).value();
        const Json& one = *expected.find("sets")->find(name);
        const auto check = [&](std::string_view method, const Calibrator& by) {
            INFO(method);
            check_measures(measure(mapped(by, set.odd)).value(), *one.find(method), 0.001);
        };
        const Temperature temperature = fit_temperature(set.even);
        CHECK(std::abs((1 / temperature.temperature) - number_at(*one.find("binary_temperature"), "1/T")) <= 0.001);
        check("binary_temperature", temperature);
        const Platt platt = fit_platt(set.even);
        check_near("platt", {platt.slope, platt.intercept}, coefficients(*one.find("platt"), "a,b"), 0.001);
        check("platt", platt);
        const Beta beta = fit_beta(set.even);
        // The loss hardly depends on where a lies: the reference stopped at 0.7342 for adult-income, and 0.7376 is
        // better.
        const std::vector<double> abc = coefficients(*one.find("beta"), "a,b,c");
        check_near("beta", {beta.a, beta.b, beta.intercept}, abc, name == "adult-income" ? 0.004 : 0.001);
        CHECK(log_loss_after(beta, set.even) <= log_loss_after(Beta{abc[0], abc[1], abc[2]}, set.even));
        check("beta", beta);
        check("isotonic", fit_isotonic(set.even, Smoothing::none));
        if (!set.even_classes.empty()) {
            const Temperature classes = fit_temperature(set.even_classes);
            CHECK(std::abs(classes.temperature - number_at(*one.find("temperature"), "T")) <= 0.001);
            check_measures(measure(mapped(classes, set.odd_classes)).value(), *one.find("temperature"), 0.001);
        }
    }
}

TEST_CASE("a smoothed isotonic map does not pay for certainty that it did not see") {
    const auto set = read_routing_set("cifar10h-resnet110");
    if (!set) {
        SKIP("no shared test data: data/routing/cifar10h-resnet110");
    }
    CHECK(log_loss_after(fit_isotonic(set->even, Smoothing::none), set->odd) > 0.178);
    CHECK(log_loss_after(fit_isotonic(set->even), set->odd) < 0.140);
}

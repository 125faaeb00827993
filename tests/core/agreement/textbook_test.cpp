// Published examples (tests/cases/agreement/textbook.json): every coefficient to the last digit that is given.

#include <cmath>
#include <string>

#include <catch_amalgamated.hpp>

#include "core/agreement/alpha.h"
#include "core/agreement/chance_corrected.h"
#include "core/agreement/cohen.h"
#include "core/stats/elementary.h"
#include "tests/core/agreement/answer_cases.h"
#include "tests/support/cases.h"

using namespace countersign;
using namespace countersign::testing;
using namespace countersign::agreement;

namespace {

Weights weights_named(const std::string& name, const std::vector<double>& values) {
    if (name == "linear") {
        return Weights::linear(values);
    }
    if (name == "quadratic") {
        return Weights::quadratic(values);
    }
    if (name == "ordinal") {
        return Weights::ordinal(values);
    }
    REQUIRE(name == "identity");
    return Weights::identity(values.size());
}

Distance distance_named(const std::string& name, const std::vector<double>& values) {
    if (name == "ordinal") {
        return Distance::ordinal(values);
    }
    if (name == "interval") {
        return Distance::interval(values);
    }
    if (name == "ratio") {
        return Distance::ratio(values);
    }
    REQUIRE(name == "nominal");
    return Distance::nominal(values.size());
}

Outcome compute(const std::string& what, const Ratings& ratings, const Weights& weights) {
    if (what == "percent_agreement") {
        return percent_agreement(ratings, weights);
    }
    if (what == "cohen_kappa") {
        return cohen_kappa(contingency(ratings, 0, 1), weights);
    }
    if (what == "fleiss_kappa") {
        return fleiss_kappa(ratings, weights);
    }
    if (what == "conger_kappa") {
        return conger_kappa(ratings, weights);
    }
    if (what == "brennan_prediger") {
        return brennan_prediger(ratings, weights);
    }
    if (what == "gwet_ac") {
        return gwet_ac(ratings, weights);
    }
    REQUIRE(what == "weighted_alpha");
    return weighted_alpha(ratings, weights);
}

void check(const Json& expected, const char* name, double got, double tolerance) {
    if (const Json* number = expected.find(name)) {
        INFO(name);
        CHECK(std::abs(got - number_of(*number)) <= tolerance);
    }
}

void check_one(const Json& expected, const AnswerSet& set, double tolerance) {
    const Ratings ratings(set.table);
    const std::string what = expected.text_of("what");
    if (what == "alpha") {
        const auto got = krippendorff_alpha(ratings, distance_named(expected.text_of("distance"), set.values));
        REQUIRE(std::holds_alternative<Alpha>(got));
        check(expected, "value", std::get<Alpha>(got).value, tolerance);
        return;
    }
    const Outcome got = compute(what, ratings, weights_named(expected.text_of("weights"), set.values));
    REQUIRE(std::holds_alternative<Coefficient>(got));
    const auto& coefficient = std::get<Coefficient>(got);
    REQUIRE(coefficient.spread.has_value());
    check(expected, "value", coefficient.value, tolerance);
    check(expected, "observed", coefficient.observed, tolerance);
    check(expected, "expected", coefficient.expected, tolerance);
    check(expected, "standard_error", coefficient.spread->standard_error, tolerance);
    check(expected, "low", coefficient.spread->interval.low, tolerance);
    check(expected, "high", coefficient.spread->interval.high, tolerance);
}

}  // namespace

TEST_CASE("published examples of agreement come out to the last digit") {
    const Json cases = parse_json(read_case("agreement/textbook.json")).value();
    size_t checked = 0;
    for (const Json& one : *cases.array()) {
        INFO(one.text_of("name"));
        const AnswerSet set = answers_of(one);
        // Half of the last digit, and a little for its own rounding.
        const double tolerance = 0.501 * stats::pow(10, -number_of(*one.find("digits")));
        for (const Json& expected : *one.find("expected")->array()) {
            INFO(to_text(expected));
            check_one(expected, set, tolerance);
            ++checked;
        }
    }
    CHECK(checked >= 60);
}

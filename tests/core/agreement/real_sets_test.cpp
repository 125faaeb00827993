// Real answers of many reviewers (shared data): alpha to the precision of the reference values, and the bootstrap
// intervals as far as chance lets two bootstraps agree.

#include <algorithm>
#include <cmath>
#include <string>

#include <catch_amalgamated.hpp>

#include "core/agreement/alpha_bootstrap.h"
#include "tests/core/agreement/answer_cases.h"
#include "tests/support/cases.h"

using namespace countersign;
using namespace countersign::testing;
using namespace countersign::agreement;

namespace {

Distance distance_named(const std::string& name, const std::vector<double>& values) {
    if (name == "ordinal") {
        return Distance::ordinal(values);
    }
    return name == "interval" ? Distance::interval(values) : Distance::nominal(values.size());
}

std::optional<Json> reference() {
    const auto text = read_shared("data/agreement/real-expected.json");
    return text ? std::optional(parse_json(*text).value()) : std::nullopt;
}

AnswerSet answers_named(const std::string& name) {
    auto set = shared_answers("agreement/" + name);
    if (!set) {
        set = shared_answers("aggregation/" + name);
    }
    REQUIRE(set);
    return *std::move(set);
}

}  // namespace

TEST_CASE("alpha of real answers equals the reference to its last digit") {
    const auto expected = reference();
    if (!expected) {
        SKIP("no shared test data: data/agreement");
    }
    REQUIRE(expected->object()->size() >= 10);
    for (const auto& [name, one] : *expected->object()) {
        INFO(name);
        const AnswerSet set = answers_named(name);
        const Patterns patterns{Ratings(set.table)};
        for (const auto& [distance, alpha] : *one.find("alpha")->object()) {
            INFO(distance);
            const auto got = krippendorff_alpha(patterns, distance_named(distance, set.values));
            REQUIRE(std::holds_alternative<Alpha>(got));
            CHECK(std::abs(std::get<Alpha>(got).value - number_of(alpha)) <= 0.501e-5);
        }
    }
}

TEST_CASE("bootstrap intervals of real answers are the reference's within the error of chance") {
    const auto expected = reference();
    if (!expected) {
        SKIP("no shared test data: data/agreement");
    }
    for (const auto& [name, one] : *expected->object()) {
        INFO(name);
        const AnswerSet set = answers_named(name);
        const Patterns patterns{Ratings(set.table)};
        for (const auto& [distance, interval] : *one.find("item_bootstrap95")->object()) {
            INFO(distance);
            const auto got =
                bootstrap_alpha(patterns, distance_named(distance, set.values), {.seed = 7, .resamples = 400});
            REQUIRE(std::holds_alternative<AlphaSpread>(got));
            const auto& spread = std::get<AlphaSpread>(got);
            // An end of a 95 % interval from B draws has a standard error of about 2.7 standard errors of alpha over
            // the root of B. The reference has 200 or 500 draws.
            const double chance = 4 * 2.7 * spread.standard_error * std::sqrt((1.0 / 400) + (1.0 / 200));
            CAPTURE(spread.percentile.low, spread.percentile.high, chance);
            CHECK(std::abs(spread.percentile.low - number_of(interval.array()->at(0))) <= chance);
            CHECK(std::abs(spread.percentile.high - number_of(interval.array()->at(1))) <= chance);
            REQUIRE(spread.bca);
            CHECK(std::abs(spread.bca->low - spread.percentile.low) <= chance);
        }
    }
}

// Where there is nothing to measure, every coefficient says so, with its reason: never 1, never not a number.

#include <catch_amalgamated.hpp>

#include "core/agreement/alpha_bootstrap.h"
#include "core/agreement/chance_corrected.h"
#include "core/agreement/cohen.h"
#include "core/agreement/report.h"

using namespace countersign;
using namespace countersign::agreement;
using stats::AnswerTable;

namespace {

constexpr size_t kLabels = 3;

// All that a table gives, but the share of agreement.
std::vector<Undefined> reasons(const AnswerTable& table) {
    const Ratings ratings(table);
    const Patterns patterns(ratings);
    const std::vector<double> values{1, 2, 4};
    std::vector<Undefined> out;
    const auto add = [&out](const auto& outcome) {
        REQUIRE(std::holds_alternative<Undefined>(outcome));
        out.push_back(std::get<Undefined>(outcome));
    };
    for (const Weights& weights : {Weights::identity(kLabels), Weights::linear(values), Weights::ordinal(values)}) {
        add(fleiss_kappa(ratings, weights));
        add(conger_kappa(ratings, weights));
        add(brennan_prediger(ratings, weights));
        add(gwet_ac(ratings, weights));
        add(weighted_alpha(ratings, weights));
        add(cohen_kappa(contingency(ratings, 0, 1), weights));
    }
    for (const Distance& distance :
         {Distance::nominal(kLabels), Distance::ordinal(values), Distance::interval(values), Distance::ratio(values)}) {
        add(krippendorff_alpha(patterns, distance));
        add(bootstrap_alpha(patterns, distance, {.resamples = 10}));
    }
    for (const AlphaOutcome& outcome : alpha_by_label(patterns)) {
        add(outcome);
    }
    return out;
}

void check_all(const std::vector<Undefined>& reasons, Undefined reason) {
    CHECK(reasons.size() == 29);
    for (const Undefined one : reasons) {
        CHECK(one == reason);
    }
    CHECK(!explain(reason).empty());
}

}  // namespace

TEST_CASE("one value only: no coefficient is corrected for chance, and the share of agreement is 1") {
    const AnswerTable table({{0, 0, 1}, {0, 1, 1}, {1, 0, 1}, {1, 1, 1}}, 2, 2, kLabels);
    check_all(reasons(table), Undefined::one_value_only);
    const auto percent = percent_agreement(Ratings(table), Weights::identity(kLabels));
    REQUIRE(std::holds_alternative<Coefficient>(percent));
    CHECK(std::get<Coefficient>(percent).value == 1);
}

TEST_CASE("another value that nobody could be compared on does not make one value two") {
    const AnswerTable table({{0, 0, 1}, {0, 1, 1}, {1, 0, 2}}, 2, 2, kLabels);
    check_all(reasons(table), Undefined::one_value_only);
}

TEST_CASE("no item with answers of two reviewers: nothing is defined") {
    const AnswerTable alone({{0, 0, 1}, {1, 1, 2}, {2, 0, 0}}, 3, 2, kLabels);
    check_all(reasons(alone), Undefined::no_pairable_unit);
    CHECK(std::holds_alternative<Undefined>(percent_agreement(Ratings(alone), Weights::identity(kLabels))));
    check_all(reasons(AnswerTable({}, 0, 2, kLabels)), Undefined::no_pairable_unit);
}

TEST_CASE("a reviewer who answers an item twice is not compared with himself") {
    const AnswerTable twice({{0, 0, 1}, {0, 0, 2}, {1, 1, 2}, {1, 1, 0}}, 2, 2, kLabels);
    check_all(reasons(twice), Undefined::no_pairable_unit);
}

TEST_CASE("labels of the same number do not differ on an interval scale") {
    const AnswerTable table({{0, 0, 0}, {0, 1, 1}, {1, 0, 1}, {1, 1, 0}}, 2, 2, 2);
    const std::vector<double> same{5, 5};
    const auto alpha = krippendorff_alpha(Ratings(table), Distance::interval(same));
    REQUIRE(std::holds_alternative<Undefined>(alpha));
    CHECK(std::get<Undefined>(alpha) == Undefined::no_expected_disagreement);
    const auto kappa = fleiss_kappa(Ratings(table), Weights::quadratic(same));
    REQUIRE(std::holds_alternative<Undefined>(kappa));
    CHECK(std::get<Undefined>(kappa) == Undefined::no_expected_disagreement);
}

TEST_CASE("a single item has a value and no interval") {
    const AnswerTable table({{0, 0, 0}, {0, 1, 1}, {0, 2, 1}}, 1, 3, 2);
    const auto got = gwet_ac(Ratings(table), Weights::identity(2));
    REQUIRE(std::holds_alternative<Coefficient>(got));
    CHECK(!std::get<Coefficient>(got).spread.has_value());
    const Patterns patterns{Ratings(table)};
    CHECK(std::holds_alternative<Alpha>(krippendorff_alpha(patterns, Distance::nominal(2))));
    CHECK(std::get<Undefined>(bootstrap_alpha(patterns, Distance::nominal(2), {})) == Undefined::single_unit);
}

TEST_CASE("draws in which alpha is undefined are counted and left out") {
    // Three items of which only one has two values: many draws miss it.
    const AnswerTable table({{0, 0, 0}, {0, 1, 0}, {1, 0, 0}, {1, 1, 0}, {2, 0, 1}, {2, 1, 0}}, 3, 2, 2);
    const auto got = bootstrap_alpha(Patterns(Ratings(table)), Distance::nominal(2), {.seed = 3, .resamples = 1000});
    REQUIRE(std::holds_alternative<AlphaSpread>(got));
    // (2/3)^3 of 1000.
    const auto& spread = std::get<AlphaSpread>(got);
    CHECK(spread.left_out > 230);
    CHECK(spread.left_out < 360);
    CHECK(spread.resamples == 1000);
}

TEST_CASE("weights and distances that are none are refused, with the place") {
    CHECK(!Weights::custom({1, 0, 0}, 2).ok());
    CHECK(!Weights::custom({1, 0.2, 0.3, 1}, 2).ok());
    CHECK(!Weights::custom({0.9, 0, 0, 1}, 2).ok());
    CHECK(!Weights::custom({1, 1.5, 1.5, 1}, 2).ok());
    CHECK(Weights::custom({1, 0.5, 0.5, 1}, 2).ok());
    CHECK(!Distance::custom({0, -1, -1, 0}, 2).ok());
    CHECK(!Distance::custom({0, 1, 2, 0}, 2).ok());
    CHECK(!Distance::custom({1, 1, 1, 0}, 2).ok());
    CHECK(Distance::custom({0, 3, 3, 0}, 2).ok());
    const auto refused = Distance::custom({0, 1, 2, 0}, 2);
    CHECK(refused.error().message.find("labels 0 and 1") != std::string::npos);
}

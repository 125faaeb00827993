#include "core/agreement/report.h"

#include <algorithm>

#include <catch_amalgamated.hpp>

#include "tests/core/agreement/answer_cases.h"
#include "tests/support/cases.h"

using namespace countersign;
using namespace countersign::testing;
using namespace countersign::agreement;

namespace {

AnswerSet textbook(std::string_view name) {
    const Json cases = parse_json(read_case("agreement/textbook.json")).value();
    for (const Json& one : *cases.array()) {
        if (one.text_of("name") == name) {
            return answers_of(one);
        }
    }
    FAIL("no such case: " << name);
    return answers_of(Json());
}

const Outcome& line(const AgreementReport& report, Coefficients which, WeightsUsed weights) {
    const auto at = std::ranges::find_if(
        report.coefficients, [&](const CoefficientLine& one) { return one.which == which && one.weights == weights; });
    REQUIRE(at != report.coefficients.end());
    return at->outcome;
}

}  // namespace

TEST_CASE("a report shows kappa, AC1 and the raw share beside each other: the paradox of a rare label") {
    const AnswerSet set = textbook("paradox-high-prevalence");
    const AgreementReport report = agreement_report(set.table, {});
    const auto value = [&](Coefficients which) {
        return std::get<Coefficient>(line(report, which, WeightsUsed::identity)).value;
    };
    CHECK(value(Coefficients::percent) == Catch::Approx(0.944));
    CHECK(value(Coefficients::cohen_kappa) == Catch::Approx(-0.023392).margin(1e-6));
    CHECK(value(Coefficients::gwet_ac) == Catch::Approx(0.940776).margin(1e-6));
    CHECK(report.items == 125);
    CHECK(report.pairable_items == 125);
    CHECK(report.reviewers == 2);
    CHECK(report.answers == 250);
    CHECK(report.alphas.size() == 1);
    REQUIRE(report.confused.size() == 1);
    CHECK(report.confused[0].answer_pairs == 7);
    CHECK(report.confused[0].items == 7);
}

TEST_CASE("a scale brings weights and distances that fit it") {
    const AnswerSet set = textbook("krippendorff-c");
    const AgreementReport ordinal = agreement_report(set.table, {.scale = Scale::ordinal, .values = set.values});
    CHECK(ordinal.alphas.size() == 2);
    CHECK(std::holds_alternative<Coefficient>(line(ordinal, Coefficients::gwet_ac, WeightsUsed::ordinal)));
    const AgreementReport ratio = agreement_report(set.table, {.scale = Scale::ratio, .values = set.values});
    REQUIRE(ratio.alphas.size() == 4);
    CHECK(std::get<Alpha>(ratio.alphas[3].alpha).value == Catch::Approx(0.797403).margin(1e-6));
    CHECK(std::get<Alpha>(ratio.alphas[3].alpha).units == 11);
    CHECK(std::get<Alpha>(ratio.alphas[3].alpha).answers == 40);
    CHECK(std::get<AlphaSpread>(ratio.alphas[3].spread).resamples == 1000);
    CHECK(std::holds_alternative<Coefficient>(line(ratio, Coefficients::gwet_ac, WeightsUsed::quadratic)));
    // Four reviewers: Cohen's kappa would need a choice of two.
    CHECK(std::ranges::none_of(ratio.coefficients,
                               [](const CoefficientLine& one) { return one.which == Coefficients::cohen_kappa; }));
    CHECK(ratio.by_label.size() == 5);
}

TEST_CASE("values below 0 have no ratio scale, and the rest of the report is there") {
    const AnswerSet set = textbook("krippendorff-c");
    const AgreementReport report = agreement_report(set.table, {.scale = Scale::ratio, .values = {-1, 0, 1, 2, 3}});
    CHECK(std::get<Undefined>(report.alphas[3].alpha) == Undefined::negative_value);
    CHECK(std::get<Alpha>(report.alphas[2].alpha).value == Catch::Approx(0.849107).margin(1e-6));
}

TEST_CASE("pairs of labels that are mixed up come with their number and an example") {
    using stats::AnswerTable;
    const AnswerTable table({{0, 0, 2},
                             {0, 1, 0},
                             {0, 2, 2},
                             {1, 0, 2},
                             {1, 1, 0},
                             {2, 0, 1},
                             {2, 1, 2},
                             {3, 0, 1},
                             {4, 0, 1},
                             {4, 1, 1},
                             {4, 1, 0},
                             {5, 0, 0},
                             {5, 1, 2},
                             {5, 2, 2},
                             {5, 3, 0}},
                            6, 4, 3);
    const auto pairs = confused_pairs(Ratings(table), 2);
    REQUIRE(pairs.size() == 2);
    CHECK(pairs[0].first == 0);
    CHECK(pairs[0].second == 2);
    CHECK(pairs[0].answer_pairs == 7);
    CHECK(pairs[0].items == 3);
    CHECK(pairs[0].example_item == 5);
    // (0, 1) and (1, 2) happened once each: the smaller labels come first.
    CHECK(pairs[1].first == 0);
    CHECK(pairs[1].second == 1);
    CHECK(pairs[1].example_item == 4);
    CHECK(confused_pairs(Ratings(table), 10).size() == 3);
    CHECK(agreement_report(table, {}).repeats == 1);
}

TEST_CASE("names in a report are those of the enumerators") {
    CHECK(name_of(Scale::ordinal) == "ordinal");
    CHECK(name_of(Coefficients::brennan_prediger) == "brennan_prediger");
    CHECK(name_of(WeightsUsed::quadratic) == "quadratic");
}

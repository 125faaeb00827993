// The example of the paper of 1979 (tests/cases/consensus/dawid-skene-1979.json), and its solution to five digits where
// the shared data is there.

#include "core/consensus/dawid_skene.h"

#include <set>

#include <catch_amalgamated.hpp>

#include "core/json/json.h"
#include "tests/support/cases.h"
#include "tests/support/numbers.h"

using namespace countersign;
using namespace countersign::consensus;
using namespace countersign::testing;
using Catch::Matchers::WithinAbs;

namespace {

// A text a patient: "112 2 1 2 2" are three answers of the first observer and one of each other.
stats::AnswerTable patients(const Json& paper) {
    std::vector<stats::Answer> answers;
    const JsonArray& lines = *paper.find("patients")->array();
    for (size_t item = 0; item < lines.size(); ++item) {
        uint32_t observer = 0;
        for (const char c : *lines[item].string()) {
            if (c == ' ') {
                ++observer;
            } else {
                answers.push_back({static_cast<uint32_t>(item), observer, static_cast<uint32_t>(c - '1')});
            }
        }
    }
    return {answers, lines.size(), 5, 4};
}

void check_rates(const Consensus& found, const Json& rates, double tolerance) {
    for (size_t i = 0; i < 80; ++i) {
        const size_t j = i / 16;
        const size_t truth = i / 4 % 4;
        const size_t answer = i % 4;
        INFO("observer " << j + 1 << ", grade " << truth + 1 << " called " << answer + 1);
        const Json& rate = (*(*(*rates.array())[j].array())[truth].array())[answer];
        CHECK_THAT(found.confusion(j, truth, answer), WithinAbs(number_of(rate), tolerance));
    }
}

}  // namespace

TEST_CASE("the anaesthetists of 1979 err as often, and the patients are as fit, as in the paper") {
    const Json paper = parse_json(read_case("consensus/dawid-skene-1979.json")).value();
    const stats::AnswerTable table = patients(paper);
    const Consensus found = dawid_skene(table);
    CHECK(found.converged);
    for (size_t k = 0; k < 4; ++k) {
        CHECK_THAT(found.class_prior[k], WithinAbs(number_of((*paper.find("class_marginals")->array())[k]), 0.005));
    }
    check_rates(found, *paper.find("error_rates"), 0.006);
    const std::string grades = *paper.find("grades")->string();
    std::set<int64_t> unsure;
    for (size_t item = 0; item < grades.size(); ++item) {
        INFO("patient " << item + 1);
        const Choice choice = choose(found, table, item);
        CHECK(choice.state == ChoiceState::chosen);
        CHECK(choice.label == static_cast<uint32_t>(grades[item] - '1'));
        if (found.of_item(item)[choice.label] < 0.999) {
            unsure.insert(static_cast<int64_t>(item) + 1);
        }
    }
    std::set<int64_t> expected;
    for (const Json& patient : *paper.find("unsure_patients")->array()) {
        expected.insert(*patient.integer());
    }
    CHECK(unsure == expected);
}

TEST_CASE("the solution for 1979 agrees with the reference to four digits") {
    const auto text = read_shared("data/expected/dawid-skene-1979.json");
    if (!text) {
        SKIP("no shared test data: data/expected/dawid-skene-1979.json");
    }
    const Json expected = parse_json(*text).value();
    const Consensus found = dawid_skene(patients(parse_json(read_case("consensus/dawid-skene-1979.json")).value()));
    for (size_t k = 0; k < 4; ++k) {
        CHECK_THAT(found.class_prior[k], WithinAbs(number_of((*expected.find("class_marginals")->array())[k]), 1e-4));
    }
    check_rates(found, *expected.find("observer_error_rates"), 1e-4);
    const JsonArray& posterior = *expected.find("posterior")->array();
    REQUIRE(posterior.size() == found.items());
    for (size_t item = 0; item < found.items(); ++item) {
        for (size_t k = 0; k < 4; ++k) {
            CHECK_THAT(found.of_item(item)[k], WithinAbs(number_of((*posterior[item].array())[k]), 1e-4));
        }
    }
}

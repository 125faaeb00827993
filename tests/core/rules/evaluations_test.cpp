// Expressions on one item: what they give, or why they fail and where, and what they looked at.
// tests/cases/rules/evaluations.json holds them; a domain expert can add one.

#include <catch_amalgamated.hpp>

#include "core/base/concat.h"
#include "core/rules/compile.h"
#include "core/rules/evaluate.h"
#include "core/rules/json_values.h"
#include "tests/core/rules/routing_environment.h"
#include "tests/core/rules/test_data.h"

using namespace countersign;
using namespace countersign::rules;

namespace {

Activation activation_of(const Environment& environment, const Json& input) {
    Activation activation(environment);
    for (const auto& [name, value] : *input.object()) {
        const Status set = activation.set_json(name, value);
        INFO(name << ": " << (set.ok() ? "" : set.error().text()));
        REQUIRE(set.ok());
    }
    return activation;
}

// "-> 0.73", or "column 5: no such key 'x'".
std::string outcome_text(const Result<Value>& outcome) {
    return outcome.ok() ? "-> " + json_of(outcome.value()) : outcome.error().text();
}

std::string expected_text(const Json& one) {
    const Json* value = one.find("value");
    return value != nullptr ? "-> " + to_text(*value) : *one.find("error")->string();
}

std::vector<std::string> reading_lines(const Explanation& explanation) {
    std::vector<std::string> lines;
    for (const Reading& reading : explanation.readings) {
        lines.push_back(concat(reading.path, " = ", reading.shown));
    }
    return lines;
}

}  // namespace

TEST_CASE("each expression gives what its case says, and an explanation shows what it looked at") {
    const Json file = parse_json(repository_file("tests/cases/rules/evaluations.json")).value();
    const Environment environment = routing_environment();
    const Activation activation = activation_of(environment, *file.find("input"));
    Evaluator evaluator;
    size_t count = 0;
    for (const Json& one : *file.find("cases")->array()) {
        const std::string& expression = *one.find("expression")->string();
        INFO(expression);
        const Result<Program> program = compile(expression, environment);
        REQUIRE(program.ok());
        CHECK(outcome_text(evaluator.evaluate(program.value(), activation)) == expected_text(one));
        const Explanation explanation = evaluator.explain(program.value(), activation);
        CHECK(outcome_text(explanation.outcome) == expected_text(one));
        std::vector<std::string> expected;
        for (const Json& line : *one.find("looked_at")->array()) {
            expected.push_back(*line.string());
        }
        CHECK(reading_lines(explanation) == expected);
        ++count;
    }
    CHECK(count >= 50);
}

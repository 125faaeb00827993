// Conditions: the first line is the expression, the rest JSON for its variables. Compiled strictly and loosely, run,
// run again, explained; the three say the same.

#include "core/rules/compile.h"
#include "core/rules/evaluate.h"
#include "core/rules/json_values.h"
#include "tests/fuzz/input.h"

using namespace countersign;
using namespace countersign::fuzz;
using namespace countersign::rules;

namespace {

// A variable of each kind of type, as routing has them, and one of any.
Environment environment() {
    return Environment({{.name = "text", .type = types::string()},
                        {.name = "share", .type = types::float64()},
                        {.name = "count", .type = types::int64()},
                        {.name = "labels", .type = types::list(types::string())},
                        {.name = "scores", .type = types::map(types::string(), types::float64())},
                        {.name = "any", .type = types::dyn()}});
}

std::string outcome(const Result<Value>& value) {
    return value.ok() ? json_of(value.value()) : "refused: " + value.error().text();
}

void run(const Program& program, const Activation& activation) {
    Evaluator evaluator;
    const std::string first = outcome(evaluator.evaluate(program, activation));
    const uint64_t cost = evaluator.cost();
    CS_CHECK(cost <= 2 * Limits{}.cost);
    CS_CHECK(outcome(evaluator.evaluate(program, activation)) == first);
    CS_CHECK(evaluator.cost() == cost);
    const Explanation explanation = evaluator.explain(program, activation);
    CS_CHECK(outcome(explanation.outcome) == first);
    if (!explanation.outcome.ok()) {
        must_be_told(explanation.outcome.error());
    }
    for (const Reading& reading : explanation.readings) {
        CS_CHECK(utf8::first_invalid(reading.shown) == utf8::kValid);
    }
}

}  // namespace

int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    std::string_view rest = text_of(data, size);
    const std::string_view source = take_line(rest);
    static const Environment variables = environment();
    const auto json = parse_json(rest);
    for (const bool strict : {true, false}) {
        const auto program = compile(source, variables, {.strict = strict, .refuse_constant_failures = strict});
        if (!program.ok()) {
            must_be_told(program.error());
            continue;
        }
        Activation activation(variables);
        if (json.ok() && json.value().object() != nullptr) {
            for (const JsonMember& member : *json.value().object()) {
                if (variables.slot_of(member.first)) {
                    static_cast<void>(activation.set_json(member.first, member.second));
                }
            }
        }
        run(program.value(), activation);
    }
    return 0;
}

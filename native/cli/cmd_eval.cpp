#include <map>

#include <CLI/CLI.hpp>

#include "core/base/concat.h"
#include "core/rules/compile.h"
#include "core/rules/conformance.h"
#include "core/rules/evaluate.h"
#include "core/rules/json_values.h"
#include "native/cli/commands.h"
#include "native/cli/console.h"
#include "native/platform/files.h"

namespace countersign::native {

namespace {

struct EvalOptions {
    std::string expression;
    std::string json;
    std::filesystem::path file;
    std::filesystem::path cases;
    bool explain = false;
};

// The members of the JSON object are the expression's variables, each of whatever type it turns out to have.
Result<rules::Environment> environment_of(const Json& json) {
    if (json.object() == nullptr) {
        return fail(ErrorCode::invalid_argument,
                    concat("the variables must be a JSON object, but are ", json.type_name()));
    }
    std::vector<rules::Field> fields;
    for (const JsonMember& member : *json.object()) {
        fields.push_back({.name = member.first, .type = rules::types::dyn()});
    }
    return rules::Environment(std::move(fields));
}

Result<Json> read_variables(const EvalOptions& options) {
    if (!options.file.empty()) {
        const std::string bytes = CS_TRY(read_file(options.file, 64 << 20));
        auto json = parse_json(bytes, {.total_bytes = 64 << 20});
        return json.ok() ? json : Result<Json>(json.error().at(options.file.string()));
    }
    return options.json.empty() ? Result<Json>(Json(JsonObject{})) : parse_json(options.json);
}

Status evaluate(const EvalOptions& options) {
    const Json json = CS_TRY(read_variables(options));
    const rules::Environment environment = CS_TRY(environment_of(json));
    const rules::Program program = CS_TRY(rules::compile(options.expression, environment));
    rules::Activation activation(environment);
    for (const JsonMember& member : *json.object()) {
        CS_TRY_STATUS(activation.set_json(member.first, member.second));
    }
    rules::Evaluator evaluator;
    if (!options.explain) {
        const rules::Value value = CS_TRY(evaluator.evaluate(program, activation));
        print(rules::json_of(value));
        return success();
    }
    const rules::Explanation explanation = evaluator.explain(program, activation);
    for (const rules::Reading& reading : explanation.readings) {
        note(concat("    ", reading.path, " = ", reading.shown));
    }
    const rules::Value value = CS_TRY(Result<rules::Value>(explanation.outcome));
    print(rules::json_of(value));
    return success();
}

struct SectionCount {
    int passed = 0;
    int all = 0;
};

Result<int> run_cases(const EvalOptions& options) {
    const std::string bytes = CS_TRY(read_file(options.cases, 64 << 20));
    const Json cases = CS_TRY(parse_json(bytes, rules::case_file_limits()));
    if (cases.array() == nullptr) {
        return fail(ErrorCode::invalid_argument, "must hold a list of cases", options.cases.string());
    }
    std::map<std::string, SectionCount> sections;
    SectionCount total;
    for (const Json& one : *cases.array()) {
        const rules::CaseOutcome outcome = rules::run_case(one);
        SectionCount& section = sections[outcome.file];
        ++section.all;
        ++total.all;
        section.passed += outcome.passed ? 1 : 0;
        total.passed += outcome.passed ? 1 : 0;
        if (!outcome.passed) {
            note(concat(outcome.file, '/', outcome.section, '/', outcome.name, ": ", outcome.detail));
        }
    }
    for (const auto& [name, section] : sections) {
        print(concat(name, ": ", section.passed, " of ", section.all));
    }
    print(concat("in all: ", total.passed, " of ", total.all));
    return total.passed == total.all ? 0 : 1;
}

int run_eval(const EvalOptions& options) {
    if (!options.cases.empty()) {
        const auto done = run_cases(options);
        return done.ok() ? done.value() : report(done.error());
    }
    if (options.expression.empty()) {
        return report(fail(ErrorCode::invalid_argument, "give an expression, or --cases with a file"));
    }
    const Status done = evaluate(options);
    return done.ok() ? 0 : report(done.error());
}

}  // namespace

void add_eval(CLI::App& app, Run& run) {
    auto options = std::make_shared<EvalOptions>();
    CLI::App* command = app.add_subcommand("eval", "Evaluate a CEL expression on JSON");
    command->add_option("expression", options->expression, "Like: prediction.confidence < 0.4");
    auto* json = command->add_option("--json", options->json,
                                     R"(Variables as a JSON object, like {"prediction": {"confidence": 0.3}})");
    command->add_option("--file", options->file, "Variables from a file")->excludes(json);
    command->add_flag("--explain", options->explain, "Also show which values were looked at");
    command->add_option("--cases", options->cases,
                        "Run the cases of a conformance file instead; status 1 when one fails");
    command->footer("The language is described in docs/rules.md.\n" + exit_statuses(kCaseFailed, ""));
    command->callback([options, &run] { run = [options] { return run_eval(*options); }; });
}

}  // namespace countersign::native

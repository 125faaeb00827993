#pragma once
// From the text of an expression to a Program: parsed, checked, turned into a flat program, all once.
//
// Use:   const Program when = CS_TRY(compile(text, environment, {.result = types::boolean(), .what = "the
// condition"})); Errors: invalid_argument (exhausted for a limit: see parser.h) with field "column 18" and a sentence
// that says what stands there and what may stand there; prefix it with the field's path by Error::at.

#include <optional>
#include <string>
#include <string_view>

#include "core/base/result.h"
#include "core/rules/environment.h"
#include "core/rules/program.h"

namespace countersign::rules {

struct CompileOptions {
    // The type that must come out; dyn passes, and is held against it when it runs.
    std::optional<Type> result = std::nullopt;
    std::string_view what = "the expression";
    // false: what does not fit is an error of the evaluation (for the conformance suite).
    bool strict = true;
    // Refuse a function of constants that always fails: timestamp('yesterday'), text.matches('[').
    bool refuse_constant_failures = true;
};

Result<Program> compile(std::string_view source, const Environment& environment, const CompileOptions& options = {});

}  // namespace countersign::rules

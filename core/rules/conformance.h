#pragma once
// Runs cases of the public CEL conformance suite, in the form of data/cel: one JSON object a case with `file`,
// `section`, `name`, `expr`, and where it has them `bindings`, `typeEnv`, `container`, `disableCheck`; then `value`
// (the expected value) or `evalError` (the evaluation must fail; its message is free).
//
// A case with a value passes when the value is the same, kind by kind: 1 is not 1u, NaN is NaN. A case with evalError
// passes when the expression compiles and its evaluation fails.

#include <string>
#include <string_view>

#include "core/base/result.h"
#include "core/json/json.h"
#include "core/rules/arena.h"

namespace countersign::rules {

struct CaseOutcome {
    std::string file;  // the part of the suite: "basic", "math_ext"
    std::string section;
    std::string name;
    bool passed = false;
    std::string detail;  // what came out instead
};

CaseOutcome run_case(const Json& one_case);

// The limits that a file of cases needs: the suite has U+0000 in texts and whole numbers beyond 64 bits.
JsonLimits case_file_limits();

// A value as the suite writes it: {"int64Value": "1"}, {"listValue": {"values": [...]}}.
Result<Value> value_of_case(const Json& json, Arena& arena);

}  // namespace countersign::rules

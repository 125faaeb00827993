#pragma once
// Finds out what each part of an expression is: which variable, field or function a name means, and which type comes
// out. What cannot be right is refused here, when a policy is loaded, not when an item is routed.
//
// Source: cel-spec, doc/langdef.md, "Gradual Type Checking". More than the specification: numbers of different types
// may be compared; a text that a field can never hold is refused (Field::choices). Without `strict` nothing is refused:
// what does not fit is left to the evaluation (the conformance suite's disableCheck).

#include <cstdint>
#include <vector>

#include "core/base/result.h"
#include "core/rules/ast.h"
#include "core/rules/environment.h"
#include "core/rules/reference.h"

namespace countersign::rules {

struct Checked {
    std::vector<Type> types;            // by node
    std::vector<Reference> references;  // by node
    uint32_t locals = 0;
};

Result<Checked> check(const Ast& ast, const Environment& environment, bool strict);

}  // namespace countersign::rules

#pragma once
// Which operators take which types, and what they give. One table for the checker; the machine (arithmetic.h) does the
// same on values.

#include <string>

#include "core/base/result.h"
#include "core/rules/ast.h"
#include "core/rules/type.h"
#include "core/rules/unify.h"

namespace countersign::rules {

// The type of `left op right`, or a sentence that says why it has none. Errors carry no place.
Result<Type> operator_type(Operator op, const Type& left, const Type& right, Substitution& substitution);

// The type of -operand.
Result<Type> negated_type(const Type& operand);

}  // namespace countersign::rules

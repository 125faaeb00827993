#pragma once
// + - * / % and unary minus on values, with the overflow and range errors that the language wants. The machine does int
// and double itself where they meet their like; everything comes here that is not so simple.

#include "core/rules/ast.h"
#include "core/rules/call.h"
#include "core/rules/value.h"

namespace countersign::rules {

// False with the failure in `call`.
bool arithmetic(Call& call, Operator op, const Value& a, const Value& b, Value& result);
bool negated(Call& call, const Value& a, Value& result);

}  // namespace countersign::rules

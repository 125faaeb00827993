#pragma once
// Refuses to compare a field with a text that it can never hold: prediction.label == 'gas_leek'. Such a condition is
// never true, and nobody would notice.

#include "core/base/result.h"
#include "core/rules/ast.h"
#include "core/rules/checker.h"

namespace countersign::rules {

// For a comparison whose two sides have been checked. Errors: invalid_argument at the text.
Status check_choices(const Ast& ast, const Checked& checked, const Node& comparison);

}  // namespace countersign::rules

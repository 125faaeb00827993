#pragma once
// Which parts of an expression may fail when they run. What cannot fail needs no handler in && and ||, and no register
// to keep an error in: the usual routing condition becomes nothing but branches.

#include <vector>

#include "core/rules/ast.h"
#include "core/rules/checker.h"

namespace countersign::rules {

// By node. Limits do not count: reaching one is never absorbed.
std::vector<bool> fallible_nodes(const Ast& ast, const Checked& checked);

}  // namespace countersign::rules

#pragma once
// Reads an expression into a tree. Hand-written, recursive descent by precedence; macros become nodes of their own.
//
// Source of the grammar: cel-spec, doc/langdef.md, "Syntax", with .? and [? of the optionals extension. Errors:
// invalid_argument with the place, and what to write instead where another language's habit shows; exhausted for the
// limits.

#include <string_view>

#include "core/base/result.h"
#include "core/rules/ast.h"

namespace countersign::rules {

inline constexpr size_t kMaxSource_bytes = 16'384;
inline constexpr uint32_t kMaxNesting = 100;   // parentheses, brackets and arguments inside each other
inline constexpr uint32_t kMaxHeight = 250;    // operators upon operators, too
inline constexpr size_t kMaxElements = 4'000;  // of one list or map as written

Result<Ast> parse(std::string_view source);

}  // namespace countersign::rules

#pragma once
// Macros: what looks like a call but binds a name, or asks without evaluating. The parser turns such calls into nodes.

#include <span>
#include <string_view>

#include "core/base/result.h"
#include "core/rules/ast.h"

namespace countersign::rules {

// A call as it was read; `arguments` without the receiver.
struct MacroCall {
    std::string_view name;
    bool method = false;
    NodeId receiver = 0;
    std::span<const NodeId> arguments;
    uint32_t offset = 0;  // of the name
};

// Turns the call into `node` when it is a macro; `node` is untouched otherwise. Errors: a macro written wrongly.
Result<bool> expand_macro(const Ast& ast, const MacroCall& call, Node& node);

}  // namespace countersign::rules

#pragma once
// What is already known when an expression is compiled: literals, lists and maps of literals, functions of them
// (duration('1h')). They become constants of the program.

#include <optional>

#include "core/base/result.h"
#include "core/rules/arena.h"
#include "core/rules/ast.h"
#include "core/rules/checker.h"

namespace countersign::rules {

struct FoldingOptions {
    bool refuse_failures = true;  // a function of constants that fails is an error, not left to the evaluation
};

class Folding {
public:
    Folding(const Ast& ast, const Checked& checked, Arena& arena, FoldingOptions options)
        : ast_(ast), checked_(checked), arena_(arena), options_(options) {}

    // The value of a node that needs no evaluation; nothing when it does.
    Result<std::optional<Value>> value(NodeId id);

private:
    Result<std::optional<Value>> list(const Node& node);
    Result<std::optional<Value>> map(const Node& node);
    Result<std::optional<Value>> call(NodeId id, const Node& node);

    const Ast& ast_;
    const Checked& checked_;
    Arena& arena_;
    FoldingOptions options_;
};

}  // namespace countersign::rules

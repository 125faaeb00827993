#pragma once
// Walks the checked tree and emits the flat program. Two ways through a node: value() puts what it is into a register,
// condition() jumps on what it is; &&, ||, comparisons and the like are jumps wherever a condition is wanted, so that
// no bool is made only to be tested. (compiler_values.cpp, compiler_conditions.cpp, compiler_macros.cpp)

#include <vector>

#include "core/base/result.h"
#include "core/rules/ast.h"
#include "core/rules/checker.h"
#include "core/rules/compile.h"
#include "core/rules/emitter.h"
#include "core/rules/folding.h"

namespace countersign::rules {

class Compiler {
public:
    Compiler(const Ast& ast, const Checked& checked, Code& code, const CompileOptions& options);

    Status all();

private:
    // What the elements of a comprehension are walked with.
    struct Walk {
        uint16_t iterator = 0;
        uint16_t element = 0;
        Label start;
        Label end;
    };

    bool fails(NodeId id) const { return fallible_[id]; }

    Kind kind(NodeId id) const { return checked_.types[id].kind; }

    const Reference& reference(NodeId id) const { return checked_.references[id]; }

    // Where the node's value can be read: where it lies already, or in a new register.
    Result<Operand> operand(NodeId id);
    // Where the node's value lies without any work; nothing when it has to be computed.
    Result<std::optional<Operand>> ready(NodeId id);
    Status value(NodeId id, uint16_t dst);
    Status finished() const;
    Status fail_with(std::string message);
    Status name(NodeId id, const Node& node, uint16_t dst);
    Status select(NodeId id, const Node& node, uint16_t dst);
    Status index(const Node& node, uint16_t dst);
    Status unary(Op op, const Node& node, uint16_t dst);
    Status binary(const Node& node, uint16_t dst);
    Status conditional(const Node& node, uint16_t dst);
    Status list(const Node& node, uint16_t dst);
    Status map(const Node& node, uint16_t dst);
    Status call(NodeId id, const Node& node, uint16_t dst);
    Status check_zone(NodeId id, const Node& node);
    Status matches(NodeId id, const Node& node, uint16_t dst, bool& done);
    Status or_else(const Node& node, uint16_t dst);
    Status bind(NodeId id, const Node& node, uint16_t dst);
    Status optional_map(NodeId id, const Node& node, uint16_t dst);

    // Jumps to `to` when the condition's outcome is `sense`, and runs on otherwise.
    Status condition(NodeId id, bool sense, Label& to);
    Status compare(const Node& node, bool sense, Label& to);
    Status branch_on_two(const Node& node, Op op, bool sense, Label& to);
    Status branch_on_has(const Node& node, bool sense, Label& to);
    Status logical(const Node& node, bool sense, Label& to);
    Status choice(const Node& node, bool sense, Label& to);
    Status quantifier(NodeId id, const Node& node, bool sense, Label& to);
    // true or false into a register, from jumps.
    Status condition_value(NodeId id, uint16_t dst);

    Status begin_walk(NodeId id, const Node& node, Walk& walk);
    void end_walk(const Node& node, Walk& walk);
    Status exists_one(NodeId id, const Node& node, uint16_t dst);
    Status collect(NodeId id, const Node& node, uint16_t dst);

    const Ast& ast_;
    const Checked& checked_;
    Emitter emitter_;
    Folding folding_;
    const CompileOptions& options_;
    std::vector<bool> fallible_;
    std::vector<uint16_t> locals_;  // registers, by the checker's number
};

}  // namespace countersign::rules

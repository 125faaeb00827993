#pragma once
// The tree that the parser makes of an expression: nodes in one vector, children by index, each with its place in the
// source. The checker reads it, the compiler turns it into a flat program, then it is gone.

#include <cstdint>
#include <string>
#include <vector>

#include "core/rules/arena.h"
#include "core/rules/value.h"

namespace countersign::rules {

using NodeId = uint32_t;

enum class NodeKind : uint8_t {
    constant,
    name,           // text
    select,         // children[0].text; has() when `test`, .? when `optional`
    index,          // children[0][children[1]]; [? when `optional`
    call,           // text(children...); children[0] is what stands before the dot when `method`
    negate,         // -children[0]
    invert,         // !children[0]
    binary,         // children[0] op children[1]
    all_of,         // children joined by &&, two or more
    any_of,         // children joined by ||, two or more
    conditional,    // children[0] ? children[1] : children[2]
    list,           // children, some of them optional
    map,            // key, value, key, value ...; optional per pair
    comprehension,  // children: range, then by macro: condition, or [condition,] result
    bind,           // cel.bind(variables[0], children[0], children[1])
    optional_map,   // children[0].optMap(variables[0], children[1]); optFlatMap when `flat`
};

enum class Operator : uint8_t {
    none,
    add,
    subtract,
    multiply,
    divide,
    modulo,
    less,
    less_equal,
    greater,
    greater_equal,
    equal,
    not_equal,
    in,
};

enum class Macro : uint8_t { none, all, exists, exists_one, map, filter, transform_map };

struct Node {
    NodeKind kind = NodeKind::constant;
    Operator op = Operator::none;
    Macro macro = Macro::none;
    bool test = false;
    bool optional = false;
    bool method = false;
    bool flat = false;
    bool rooted = false;    // a name written with a leading dot
    bool enclosed = false;  // in parentheses: (a.b).c is no qualified name
    uint32_t begin = 0;     // byte offset of its first token
    uint32_t offset = 0;  // byte offset that an error about it points at: the operator, the field, the function's name
    uint32_t height = 1;
    std::string text = {};
    Value constant = {};
    std::vector<NodeId> children = {};
    std::vector<bool> optional_children = {};
    std::vector<std::string> variables = {};
};

struct Ast {
    std::string source;
    std::vector<Node> nodes;
    NodeId root = 0;
    Arena arena;  // of the constants' texts

    const Node& operator[](NodeId id) const { return nodes[id]; }
};

// "a.b.c" when the node is nothing but names and dots; otherwise empty.
std::string dotted_name(const Ast& ast, NodeId id);
// The a of a.b.c.
const Node& first_name(const Ast& ast, NodeId id);

// "+" and so on, as written.
std::string_view operator_text(Operator op);

}  // namespace countersign::rules

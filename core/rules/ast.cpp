#include "core/rules/ast.h"

#include "core/base/concat.h"

namespace countersign::rules {

std::string dotted_name(const Ast& ast, NodeId id) {
    const Node& node = ast[id];
    if (node.kind == NodeKind::name) {
        return node.text;
    }
    if (node.kind != NodeKind::select || node.test || node.optional || ast[node.children[0]].enclosed) {
        return {};
    }
    const std::string left = dotted_name(ast, node.children[0]);
    return left.empty() ? left : concat(left, ".", node.text);
}

const Node& first_name(const Ast& ast, NodeId id) {
    const Node* node = &ast[id];
    while (node->kind == NodeKind::select) {
        node = &ast[node->children[0]];
    }
    return *node;
}

}  // namespace countersign::rules

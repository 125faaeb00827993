#include "core/rules/fallible.h"

#include <algorithm>

namespace countersign::rules {

namespace {

class Finder {
public:
    Finder(const Ast& ast, const Checked& checked) : ast_(ast), checked_(checked), out_(ast.nodes.size(), true) {}

    std::vector<bool> all() && {
        // The parser made children before their parents.
        for (NodeId id = 0; id < ast_.nodes.size(); ++id) {
            out_[id] = fails(id, ast_[id]);
        }
        return std::move(out_);
    }

private:
    Kind kind(NodeId id) const { return checked_.types[id].kind; }

    bool any_child(const Node& node, size_t from = 0) const {
        return std::any_of(node.children.begin() + static_cast<std::ptrdiff_t>(from), node.children.end(),
                           [&](NodeId child) { return out_[child]; });
    }

    bool open_condition(NodeId id) const { return kind(id) != Kind::boolean; }

    bool fails(NodeId id, const Node& node) const {
        const Reference& reference = checked_.references[id];
        switch (node.kind) {
            case NodeKind::constant: return false;
            case NodeKind::name: return name_fails(reference);
            case NodeKind::select: return select_fails(node, reference);
            case NodeKind::call: {
                const bool known =
                    reference.meaning == Meaning::overload && !reference.overloads[reference.index].may_fail;
                return !known || any_child(node, reference.qualified ? 1 : 0) || any_open(node, reference);
            }
            case NodeKind::invert: return any_child(node) || open_condition(node.children[0]);
            case NodeKind::negate: return any_child(node) || kind(node.children[0]) != Kind::float64;
            case NodeKind::binary: return any_child(node) || operator_fails(node);
            case NodeKind::all_of:
            case NodeKind::any_of:
                return any_child(node) || std::any_of(node.children.begin(), node.children.end(),
                                                      [&](NodeId child) { return open_condition(child); });
            case NodeKind::conditional: return any_child(node) || open_condition(node.children[0]);
            case NodeKind::list:
                return any_child(node) || std::find(node.optional_children.begin(), node.optional_children.end(),
                                                    true) != node.optional_children.end();
            case NodeKind::comprehension: return comprehension_fails(node);
            case NodeKind::bind: return any_child(node);
            case NodeKind::index:
            case NodeKind::map:
            case NodeKind::optional_map: return true;
        }
        return true;
    }

    static bool name_fails(const Reference& reference) {
        const bool unset =
            reference.field != nullptr && reference.field->optional && reference.meaning == Meaning::slot;
        return reference.meaning == Meaning::none || unset;
    }

    bool select_fails(const Node& node, const Reference& reference) const {
        switch (reference.meaning) {
            case Meaning::slot: return !node.test && reference.field != nullptr && reference.field->optional;
            case Meaning::record:
            case Meaning::type_name: return false;
            case Meaning::field: return out_[node.children[0]] || (!node.test && reference.field->optional);
            default: return out_[node.children[0]] || !node.test || kind(node.children[0]) != Kind::map;
        }
    }

    // A call through dyn may find another kind than the form wants.
    bool any_open(const Node& node, const Reference& reference) const {
        const Overload& overload = reference.overloads[reference.index];
        const size_t skip = reference.qualified ? 1 : 0;
        for (size_t i = skip; i < node.children.size() && i - skip < overload.kinds.size(); ++i) {
            if (kind(node.children[i]) == Kind::dyn && overload.kinds[i - skip] != Kind::dyn) {
                return true;
            }
        }
        return false;
    }

    bool operator_fails(const Node& node) const {
        const Kind left = kind(node.children[0]);
        const Kind right = kind(node.children[1]);
        switch (node.op) {
            case Operator::equal:
            case Operator::not_equal: return false;
            case Operator::in: return right != Kind::list && right != Kind::map;
            case Operator::less:
            case Operator::less_equal:
            case Operator::greater:
            case Operator::greater_equal: return left == Kind::dyn || right == Kind::dyn;
            default: {
                const bool texts = left == right && (left == Kind::string || left == Kind::bytes || left == Kind::list);
                return left != right || (left != Kind::float64 && !texts);
            }
        }
    }

    bool comprehension_fails(const Node& node) const {
        const Kind range = kind(node.children[0]);
        const bool has_result = node.macro == Macro::map || node.macro == Macro::transform_map;
        const bool has_condition = !has_result || node.children.size() == 3;
        return any_child(node) || (range != Kind::list && range != Kind::map) ||
               (has_condition && open_condition(node.children[1]));
    }

    const Ast& ast_;
    const Checked& checked_;
    std::vector<bool> out_;
};

}  // namespace

std::vector<bool> fallible_nodes(const Ast& ast, const Checked& checked) {
    return Finder(ast, checked).all();
}

}  // namespace countersign::rules

#include "core/rules/macros.h"

#include <array>
#include <string>

#include "core/base/concat.h"
#include "core/rules/source.h"

namespace countersign::rules {

namespace {

struct Comprehension {
    std::string_view name;
    Macro macro;
    size_t variables;
    size_t conditions_and_results;
    std::string_view use;
};

// One name may stand for several forms; `use` is what an error shows.
constexpr std::array<Comprehension, 15> kComprehensions = {{
    {"all", Macro::all, 1, 1, "list.all(x, x > 0)"},
    {"all", Macro::all, 2, 1, "list.all(x, x > 0)"},
    {"exists", Macro::exists, 1, 1, "list.exists(x, x > 0)"},
    {"exists", Macro::exists, 2, 1, "list.exists(x, x > 0)"},
    {"exists_one", Macro::exists_one, 1, 1, "list.exists_one(x, x > 0)"},
    {"exists_one", Macro::exists_one, 2, 1, "list.exists_one(x, x > 0)"},
    {"existsOne", Macro::exists_one, 1, 1, "list.existsOne(x, x > 0)"},
    {"existsOne", Macro::exists_one, 2, 1, "list.existsOne(x, x > 0)"},
    {"map", Macro::map, 1, 1, "list.map(x, x * 2)"},
    {"map", Macro::map, 1, 2, "list.map(x, x * 2)"},
    {"filter", Macro::filter, 1, 1, "list.filter(x, x > 0)"},
    {"transformList", Macro::map, 2, 1, "list.transformList(i, x, x * 2)"},
    {"transformList", Macro::map, 2, 2, "list.transformList(i, x, x * 2)"},
    {"transformMap", Macro::transform_map, 2, 1, "map.transformMap(key, value, value * 2)"},
    {"transformMap", Macro::transform_map, 2, 2, "map.transformMap(key, value, value * 2)"},
}};

Error error_in(const Ast& ast, uint32_t offset, std::string message) {
    return error_at(ast.source, offset, std::move(message));
}

Result<std::string> variable(const Ast& ast, NodeId id, std::string_view macro, std::string_view use) {
    const Node& node = ast[id];
    if (node.kind != NodeKind::name || node.rooted) {
        return error_in(ast, node.begin, concat(macro, "() needs a new name here, as in ", use));
    }
    return node.text;
}

Result<bool> expand_has(const Ast& ast, const MacroCall& call, Node& node) {
    if (call.arguments.size() != 1) {
        return error_in(ast, call.offset, "has() takes one field, as in has(item.note)");
    }
    const Node& field = ast[call.arguments[0]];
    if (field.kind == NodeKind::index) {
        return error_in(ast, field.begin, "has() takes a field, as in has(item.note); for a key write 'key' in map");
    }
    if (field.kind != NodeKind::select || field.optional || field.test) {
        return error_in(ast, field.begin, "has() takes a field, as in has(item.note)");
    }
    node = field;
    node.test = true;
    return true;
}

Result<bool> expand_bind(const Ast& ast, const MacroCall& call, Node& node) {
    constexpr std::string_view kUse = "cel.bind(x, value, expression with x)";
    if (call.arguments.size() != 3) {
        return error_in(ast, call.offset, concat("cel.bind() takes three arguments, as in ", kUse));
    }
    node.kind = NodeKind::bind;
    node.variables = {CS_TRY(variable(ast, call.arguments[0], "cel.bind", kUse))};
    node.children = {call.arguments[1], call.arguments[2]};
    return true;
}

Result<bool> expand_optional(const Ast& ast, const MacroCall& call, Node& node) {
    const std::string use = concat("value.", call.name, "(x, expression with x)");
    if (call.arguments.size() != 2) {
        return error_in(ast, call.offset, concat(call.name, "() takes two arguments, as in ", use));
    }
    node.kind = NodeKind::optional_map;
    node.flat = call.name == "optFlatMap";
    node.variables = {CS_TRY(variable(ast, call.arguments[0], call.name, use))};
    node.children = {call.receiver, call.arguments[1]};
    return true;
}

Result<bool> expand_comprehension(const Ast& ast, const MacroCall& call, Node& node) {
    const Comprehension* any = nullptr;
    for (const Comprehension& form : kComprehensions) {
        if (form.name != call.name) {
            continue;
        }
        any = &form;
        if (form.variables + form.conditions_and_results != call.arguments.size()) {
            continue;
        }
        node.kind = NodeKind::comprehension;
        node.macro = form.macro;
        node.children = {call.receiver};
        for (size_t i = 0; i < call.arguments.size(); ++i) {
            if (i < form.variables) {
                node.variables.push_back(CS_TRY(variable(ast, call.arguments[i], form.name, form.use)));
            } else {
                node.children.push_back(call.arguments[i]);
            }
        }
        if (form.variables == 2 && node.variables[0] == node.variables[1]) {
            return error_in(ast, ast[call.arguments[1]].begin,
                            concat("the name '", node.variables[0], "' is given twice"));
        }
        return true;
    }
    if (any == nullptr) {
        return false;
    }
    return error_in(ast, call.offset, concat(call.name, "() is written ", any->use));
}

}  // namespace

Result<bool> expand_macro(const Ast& ast, const MacroCall& call, Node& node) {
    if (!call.method) {
        return call.name == "has" ? expand_has(ast, call, node) : Result<bool>(false);
    }
    const Node& receiver = ast[call.receiver];
    if (call.name == "bind" && receiver.kind == NodeKind::name && receiver.text == "cel") {
        return expand_bind(ast, call, node);
    }
    if (call.name == "optMap" || call.name == "optFlatMap") {
        return expand_optional(ast, call, node);
    }
    return expand_comprehension(ast, call, node);
}

}  // namespace countersign::rules

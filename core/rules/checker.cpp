#include "core/rules/checker.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "core/base/concat.h"
#include "core/rules/choices.h"
#include "core/rules/diagnosis.h"
#include "core/rules/operators.h"
#include "core/rules/scope.h"
#include "core/rules/source.h"
#include "core/rules/unify.h"

namespace countersign::rules {

namespace {

class Checker {
public:
    Checker(const Ast& ast, const Environment& environment, bool strict)
        : ast_(ast), environment_(environment), strict_(strict), scope_(environment) {
        out_.types.resize(ast.nodes.size());
        out_.references.resize(ast.nodes.size());
    }

    Result<Checked> all() {
        CS_TRY(type_of(ast_.root));
        for (Type& type : out_.types) {
            type = substitution_.resolved(type);
        }
        out_.locals = scope_.locals_ever();
        return std::move(out_);
    }

private:
    Reference& reference(NodeId id) { return out_.references[id]; }

    // Strict: the error. Otherwise the type is left open.
    Result<Type> problem(uint32_t offset, std::string message) const {
        if (strict_) {
            return error_at(ast_.source, offset, std::move(message));
        }
        return types::dyn();
    }

    // The type of a node whose children were looked at, with the place for an error that has none.
    Result<Type> placed(Result<Type> type, uint32_t offset) const {
        return type.ok() ? std::move(type) : problem(offset, type.error().message);
    }

    Result<Type> type_of(NodeId id) {
        Type type = CS_TRY(type_of_node(id, ast_[id]));
        out_.types[id] = type;
        return type;
    }

    Result<Type> type_of_node(NodeId id, const Node& node) {
        switch (node.kind) {
            case NodeKind::constant: return types::of(node.constant.kind());
            case NodeKind::name: return name(id, node);
            case NodeKind::select: return select(id, node);
            case NodeKind::index: return index(node);
            case NodeKind::call: return call(id, node);
            case NodeKind::negate:
                return placed(negated_type(resolved(CS_TRY(type_of(node.children[0])))), node.offset);
            case NodeKind::invert: return invert(node);
            case NodeKind::binary: return binary(node);
            case NodeKind::all_of:
            case NodeKind::any_of: return logical(node);
            case NodeKind::conditional: return conditional(node);
            case NodeKind::list: return list(node);
            case NodeKind::map: return map(node);
            case NodeKind::comprehension: return comprehension(id, node);
            case NodeKind::bind: return bind(id, node);
            case NodeKind::optional_map: return optional_map(id, node);
        }
        return types::dyn();
    }

    Type resolved(const Type& type) const { return substitution_.resolved(type); }

    // --- names -------------------------------------------------------------------------------------------------------

    // Gives the type when a variable or type has that whole name; std::nullopt otherwise.
    std::optional<Type> declared(NodeId id, std::string_view whole, bool rooted) {
        std::optional<Resolved> found = scope_.declared(whole, rooted);
        if (!found) {
            return std::nullopt;
        }
        reference(id) = std::move(found->reference);
        return std::move(found->type);
    }

    Result<Type> name(NodeId id, const Node& node) {
        if (const Local* found = node.rooted ? nullptr : scope_.local(node.text)) {
            reference(id).meaning = Meaning::local;
            reference(id).index = found->id;
            return found->type;
        }
        if (std::optional<Type> type = declared(id, node.text, node.rooted)) {
            return *std::move(type);
        }
        return problem(node.begin, unknown_name(node.text, environment_, scope_.local_names()));
    }

    Result<Type> select(NodeId id, const Node& node) {
        if (const std::string whole = dotted_name(ast_, id);
            !whole.empty() && scope_.local(first_name(ast_, id).text) == nullptr) {
            if (std::optional<Type> type = declared(id, whole, first_name(ast_, id).rooted)) {
                return *std::move(type);
            }
        }
        const NodeId operand = node.children[0];
        const Type type = resolved(CS_TRY(type_of(operand)));
        Type field = CS_TRY(field_type(id, node, type));
        if (node.test) {
            return types::boolean();
        }
        const bool wrap = node.optional || type.kind == Kind::optional;
        return wrap && field.kind != Kind::optional ? types::optional(std::move(field)) : std::move(field);
    }

    Result<Type> field_type(NodeId id, const Node& node, const Type& operand) {
        switch (operand.kind) {
            case Kind::dyn: return operand;
            case Kind::optional: {
                Result<Type> inner = field_type(id, node, operand.arguments[0]);
                reference(id).meaning = Meaning::none;  // it is looked up by name
                return inner;
            }
            case Kind::map:
                if (!substitution_.fits(operand.arguments[0], types::string())) {
                    return problem(node.offset, concat("the keys here are ", operand.arguments[0].text(),
                                                       ", not texts; write [key] instead of .", node.text));
                }
                return operand.arguments[1];
            case Kind::record: {
                const std::optional<size_t> index = operand.record->index_of(node.text);
                if (!index) {
                    return problem(node.offset, unknown_field(node.text, operand));
                }
                const Reference& whole = out_.references[node.children[0]];
                const bool variable = whole.meaning == Meaning::record;
                const uint32_t first = variable ? environment_.variables()[whole.index].slot : 0;
                reference(id).meaning = variable ? Meaning::slot : Meaning::field;
                reference(id).index = first + static_cast<uint32_t>(*index);
                reference(id).field = &operand.record->fields[*index];
                return operand.record->fields[*index].type;
            }
            default: return problem(node.offset, unknown_field(node.text, operand));
        }
    }

    Result<Type> index(const Node& node) {
        const Type operand = CS_TRY(type_of(node.children[0]));
        const Type key = CS_TRY(type_of(node.children[1]));
        Type seen = resolved(operand);
        const bool through = seen.kind == Kind::optional;
        if (through) {
            seen = Type(seen.arguments[0]);
        }
        Type element = types::dyn();
        if (seen.kind == Kind::list) {
            if (!substitution_.fits(types::int64(), key)) {
                return problem(node.offset, concat("a list is indexed by int, not by ", resolved(key).text()));
            }
            element = seen.arguments[0];
        } else if (seen.kind == Kind::map) {
            if (!substitution_.fits(seen.arguments[0], key)) {
                return problem(node.offset,
                               concat("the keys here are ", seen.arguments[0].text(), ", not ", resolved(key).text()));
            }
            element = seen.arguments[1];
        } else if (seen.kind != Kind::dyn) {
            return problem(node.offset, concat("[ ] looks into a list or map, not into ", seen.text()));
        }
        const bool wrap = (node.optional || through) && element.kind != Kind::optional;
        return wrap ? types::optional(std::move(element)) : std::move(element);
    }

    // --- calls -------------------------------------------------------------------------------------------------------

    Result<Type> call(NodeId id, const Node& node) {
        std::string name = node.text;
        bool method = node.method;
        size_t skip = 0;
        if (method) {
            const std::string space = dotted_name(ast_, node.children[0]);
            const std::string whole = concat(space, ".", name);
            if (!space.empty() && scope_.local(first_name(ast_, node.children[0]).text) == nullptr &&
                !scope_.declared(space, false) && is_namespace(space)) {
                reference(id).qualified = true;
                method = false;
                skip = 1;
                name = whole;
            }
        }
        std::vector<Type> arguments;
        for (size_t i = skip; i < node.children.size(); ++i) {
            arguments.push_back(CS_TRY(type_of(node.children[i])));
        }
        const std::span<const Overload> overloads = overloads_of(name, method);
        reference(id).overloads = overloads;
        if (overloads.empty()) {
            return problem(node.offset, unknown_function(name, method));
        }
        if (overloads[0].variadic) {
            reference(id).meaning = Meaning::overload;
            return variadic(node, name, arguments);
        }
        return form(id, node, name, arguments);
    }

    Result<Type> form(NodeId id, const Node& node, std::string_view name, const std::vector<Type>& arguments) {
        const std::span<const Overload> overloads = reference(id).overloads;
        size_t fitting = 0;
        Type result;
        for (size_t i = 0; i < overloads.size(); ++i) {
            const Overload& overload = overloads[i];
            if (overload.arguments.size() != arguments.size()) {
                continue;
            }
            std::vector<Type> signature = overload.arguments;
            signature.push_back(overload.result);
            signature = substitution_.instantiate(signature);
            const bool fits = std::equal(arguments.begin(), arguments.end(), signature.begin(),
                                         [&](const Type& a, const Type& s) { return substitution_.fits(s, a); });
            if (!fits) {
                continue;
            }
            result = fitting == 0 ? signature.back() : substitution_.join(result, signature.back());
            reference(id).index = static_cast<uint32_t>(i);
            ++fitting;
        }
        if (fitting == 0) {
            std::vector<Type> shown;
            for (const Type& argument : arguments) {
                shown.push_back(resolved(argument));
            }
            const bool method = overloads[0].method;
            return problem(node.offset, no_such_form(name, method, shown, overloads));
        }
        reference(id).meaning = fitting == 1 ? Meaning::overload : Meaning::none;
        return result;
    }

    // math.greatest and math.least: any number of numbers, or one list of them.
    Result<Type> variadic(const Node& node, std::string_view name, const std::vector<Type>& arguments) {
        Type result;
        for (size_t i = 0; i < arguments.size(); ++i) {
            Type type = resolved(arguments[i]);
            if (arguments.size() == 1 && type.kind == Kind::list) {
                type = Type(type.arguments[0]);
            }
            if (!is_number(type.kind) && type.kind != Kind::dyn) {
                return problem(node.offset, concat(name, "() takes numbers or one list of numbers, not ", type.text()));
            }
            result = i == 0 ? type : substitution_.join(result, type);
        }
        if (arguments.empty()) {
            return problem(node.offset, concat(name, "() takes at least one number"));
        }
        return result;
    }

    // --- operators ---------------------------------------------------------------------------------------------------

    bool is_condition(const Type& type) const {
        const Kind kind = resolved(type).kind;
        return kind == Kind::boolean || kind == Kind::dyn;
    }

    Result<Type> invert(const Node& node) {
        const Type type = CS_TRY(type_of(node.children[0]));
        if (!is_condition(type)) {
            return problem(node.offset, concat("'!' needs a bool behind it, but finds ", resolved(type).text()));
        }
        return types::boolean();
    }

    Result<Type> logical(const Node& node) {
        const std::string_view sign = node.kind == NodeKind::all_of ? "&&" : "||";
        for (const NodeId child : node.children) {
            const Type type = CS_TRY(type_of(child));
            if (is_condition(type)) {
                continue;
            }
            const bool bare_text = ast_[child].kind == NodeKind::constant && type.kind == Kind::string;
            CS_TRY(problem(ast_[child].begin,
                           concat("'", sign, "' joins conditions (bool), but this is ", resolved(type).text(),
                                  bare_text ? "; to compare with several texts write x in ['a', 'b']" : "")));
        }
        return types::boolean();
    }

    Result<Type> conditional(const Node& node) {
        const Type condition = CS_TRY(type_of(node.children[0]));
        const Type yes = CS_TRY(type_of(node.children[1]));
        const Type no = CS_TRY(type_of(node.children[2]));
        if (!is_condition(condition)) {
            CS_TRY(problem(ast_[node.children[0]].begin,
                           concat("before '?' stands a bool, but this is ", resolved(condition).text())));
        }
        if (!substitution_.fits(yes, no)) {
            return problem(node.offset, concat("the two values of ?: must have one type, but are ",
                                               resolved(yes).text(), " and ", resolved(no).text()));
        }
        return substitution_.join(yes, no);
    }

    Result<Type> binary(const Node& node) {
        const Type left = CS_TRY(type_of(node.children[0]));
        const Type right = CS_TRY(type_of(node.children[1]));
        Type type = CS_TRY(placed(operator_type(node.op, left, right, substitution_), node.offset));
        if (strict_) {
            CS_TRY(check_choices(ast_, out_, node));
        }
        return type;
    }

    // --- lists, maps, macros -----------------------------------------------------------------------------------------

    // What an element marked with ? holds.
    Result<Type> element(const Node& node, NodeId child, bool optional) {
        Type type = CS_TRY(type_of(child));
        if (!optional) {
            return type;
        }
        const Type seen = resolved(type);
        if (seen.kind == Kind::optional) {
            return Type(seen.arguments[0]);
        }
        if (seen.kind != Kind::dyn) {
            return problem(node.offset, concat("behind '?' stands an optional, but this is ", seen.text()));
        }
        return seen;
    }

    Result<Type> list(const Node& node) {
        Type element_type = substitution_.fresh();
        for (size_t i = 0; i < node.children.size(); ++i) {
            const Type type = CS_TRY(element(node, node.children[i], node.optional_children[i]));
            element_type = substitution_.join(element_type, type);
        }
        return types::list(std::move(element_type));
    }

    Result<Type> map(const Node& node) {
        Type key_type = substitution_.fresh();
        Type value_type = substitution_.fresh();
        for (size_t i = 0; i < node.children.size(); i += 2) {
            const Type key = CS_TRY(type_of(node.children[i]));
            const Type value = CS_TRY(element(node, node.children[i + 1], node.optional_children[i / 2]));
            const Kind kind = resolved(key).kind;
            if (kind != Kind::boolean && kind != Kind::int64 && kind != Kind::uint64 && kind != Kind::string &&
                kind != Kind::dyn) {
                CS_TRY(problem(ast_[node.children[i]].begin,
                               concat("a key is bool, int, uint or string, not ", resolved(key).text())));
            }
            key_type = substitution_.join(key_type, key);
            value_type = substitution_.join(value_type, value);
        }
        return types::map(std::move(key_type), std::move(value_type));
    }

    void open(NodeId id, const std::string& variable, Type type) {
        reference(id).locals.push_back(scope_.open(variable, std::move(type)));
    }

    Result<Type> comprehension(NodeId id, const Node& node) {
        const Type range = resolved(CS_TRY(type_of(node.children[0])));
        Type key = types::dyn();
        Type value = types::dyn();
        if (range.kind == Kind::list) {
            key = types::int64();
            value = range.arguments[0];
        } else if (range.kind == Kind::map) {
            key = range.arguments[0];
            value = range.arguments[1];
        } else if (range.kind != Kind::dyn) {
            CS_TRY(problem(node.offset, concat(node.text, "() walks over a list or map, not over ", range.text())));
        }
        const bool two = node.variables.size() == 2;
        const Type single = range.kind == Kind::map ? key : value;
        open(id, node.variables[0], two ? key : single);
        if (two) {
            open(id, node.variables[1], value);
        }
        Type result = CS_TRY(comprehension_result(node, two ? value : single, key));
        scope_.close(node.variables.size());
        return result;
    }

    Result<Type> comprehension_result(const Node& node, const Type& element_type, const Type& key) {
        const bool has_result = node.macro == Macro::map || node.macro == Macro::transform_map;
        const size_t conditions = node.children.size() - 1 - (has_result ? 1 : 0);
        if (conditions > 0) {
            const Type condition = CS_TRY(type_of(node.children[1]));
            if (!is_condition(condition)) {
                CS_TRY(problem(
                    ast_[node.children[1]].begin,
                    concat(node.text, "() needs a condition (bool) here, but finds ", resolved(condition).text())));
            }
        }
        if (!has_result) {
            return node.macro == Macro::filter ? types::list(element_type) : types::boolean();
        }
        Type result = CS_TRY(type_of(node.children.back()));
        return node.macro == Macro::map ? types::list(std::move(result)) : types::map(key, std::move(result));
    }

    Result<Type> bind(NodeId id, const Node& node) {
        Type type = CS_TRY(type_of(node.children[0]));
        open(id, node.variables[0], std::move(type));
        Type result = CS_TRY(type_of(node.children[1]));
        scope_.close(1);
        return result;
    }

    Result<Type> optional_map(NodeId id, const Node& node) {
        const Type operand = resolved(CS_TRY(type_of(node.children[0])));
        if (operand.kind != Kind::optional && operand.kind != Kind::dyn) {
            CS_TRY(problem(node.offset, concat(node.text, "() is called on an optional, not on ", operand.text())));
        }
        open(id, node.variables[0], operand.kind == Kind::optional ? operand.arguments[0] : types::dyn());
        Type result = CS_TRY(type_of(node.children[1]));
        scope_.close(1);
        if (!node.flat) {
            return types::optional(std::move(result));
        }
        const Kind kind = resolved(result).kind;
        if (kind != Kind::optional && kind != Kind::dyn) {
            return problem(ast_[node.children[1]].begin,
                           concat("optFlatMap() needs an optional here, but finds ", resolved(result).text()));
        }
        return result;
    }

    const Ast& ast_;
    const Environment& environment_;
    bool strict_;
    Checked out_;
    Substitution substitution_;
    Scope scope_;
};

}  // namespace

Result<Checked> check(const Ast& ast, const Environment& environment, bool strict) {
    return Checker(ast, environment, strict).all();
}

}  // namespace countersign::rules

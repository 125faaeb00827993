#include <algorithm>

#include "core/base/concat.h"
#include "core/rules/compiler.h"
#include "core/rules/patterns.h"
#include "core/rules/source.h"
#include "core/zones/zones.h"

namespace countersign::rules {

namespace {

Op operation_of(Operator op) {
    switch (op) {
        case Operator::add: return Op::add;
        case Operator::subtract: return Op::subtract;
        case Operator::multiply: return Op::multiply;
        case Operator::divide: return Op::divide;
        case Operator::modulo: return Op::modulo;
        case Operator::equal:
        case Operator::not_equal: return Op::equal;
        case Operator::less:
        case Operator::greater: return Op::less;
        case Operator::less_equal:
        case Operator::greater_equal: return Op::less_equal;
        default: return Op::in;
    }
}

}  // namespace

Result<std::optional<Operand>> Compiler::ready(NodeId id) {
    if (const std::optional<Value> known = CS_TRY(folding_.value(id))) {
        return std::optional<Operand>(emitter_.constant(*known));
    }
    const Reference& meant = reference(id);
    if (meant.meaning == Meaning::local) {
        return std::optional<Operand>(static_cast<Operand>(kFrame | locals_[meant.index]));
    }
    const bool sure = meant.field == nullptr || !meant.field->optional;
    if (meant.meaning == Meaning::slot && !ast_[id].test && sure && meant.index <= kIndexMask) {
        return std::optional<Operand>(static_cast<Operand>(kSlot | meant.index));
    }
    return std::optional<Operand>();
}

Result<Operand> Compiler::operand(NodeId id) {
    if (const std::optional<Operand> there = CS_TRY(ready(id))) {
        return *there;
    }
    const uint16_t dst = emitter_.registers();
    CS_TRY(value(id, dst));
    return static_cast<Operand>(kFrame | dst);
}

Status Compiler::value(NodeId id, uint16_t dst) {
    if (const std::optional<Operand> there = CS_TRY(ready(id))) {
        emitter_.emit({.op = Op::move, .dst = dst, .a = *there});
        return success();
    }
    const Node& node = ast_[id];
    const Emitter::Block block(emitter_);
    switch (node.kind) {
        case NodeKind::constant: return success();
        case NodeKind::name: return name(id, node, dst);
        case NodeKind::select: return select(id, node, dst);
        case NodeKind::index: return index(node, dst);
        case NodeKind::call: return call(id, node, dst);
        case NodeKind::negate: return unary(Op::negate, node, dst);
        case NodeKind::invert: return unary(Op::invert, node, dst);
        case NodeKind::binary: return binary(node, dst);
        case NodeKind::all_of:
        case NodeKind::any_of: return condition_value(id, dst);
        case NodeKind::conditional: return conditional(node, dst);
        case NodeKind::list: return list(node, dst);
        case NodeKind::map: return map(node, dst);
        case NodeKind::comprehension:
            if (node.macro == Macro::all || node.macro == Macro::exists) {
                return condition_value(id, dst);
            }
            return node.macro == Macro::exists_one ? exists_one(id, node, dst) : collect(id, node, dst);
        case NodeKind::bind: return bind(id, node, dst);
        case NodeKind::optional_map: return optional_map(id, node, dst);
    }
    return success();
}

Status Compiler::fail_with(std::string message) {
    emitter_.emit({.op = Op::fail, .extra = emitter_.failure(std::move(message))});
    return success();
}

Status Compiler::name(NodeId id, const Node& node, uint16_t dst) {
    const Reference& meant = reference(id);
    emitter_.stand_at(node.begin);
    switch (meant.meaning) {
        case Meaning::slot:
            emitter_.emit({.op = Op::load, .dst = dst, .a = static_cast<Operand>(kSlot | meant.index)});
            break;
        case Meaning::record: {
            const uint32_t first = emitter_.code().environment.variables()[meant.index].slot;
            emitter_.emit({.op = Op::load_record, .dst = dst, .b = static_cast<Operand>(meant.index), .extra = first});
            break;
        }
        default: return fail_with(concat("unknown name '", node.text, "'"));
    }
    return success();
}

Status Compiler::select(NodeId id, const Node& node, uint16_t dst) {
    const Reference& meant = reference(id);
    if (meant.meaning == Meaning::record) {
        return name(id, node, dst);
    }
    if (meant.meaning == Meaning::slot) {
        emitter_.stand_at(node.offset);
        const auto slot = static_cast<Operand>(kSlot | meant.index);
        emitter_.emit({.op = node.test ? Op::is_set : Op::load, .dst = dst, .a = slot});
        return success();
    }
    const Operand whole = CS_TRY(operand(node.children[0]));
    emitter_.stand_at(node.offset);
    if (meant.meaning == Meaning::field && !node.optional) {
        emitter_.emit(
            {.op = node.test ? Op::has_field : Op::select_field, .dst = dst, .a = whole, .extra = meant.index});
        return success();
    }
    const Operand key = emitter_.constant(Value::string(emitter_.code().arena.copy(node.text)));
    const uint8_t flag = node.optional ? 1 : 0;
    emitter_.emit({.op = node.test ? Op::has : Op::select, .flag = flag, .dst = dst, .a = whole, .b = key});
    return success();
}

Status Compiler::index(const Node& node, uint16_t dst) {
    const Operand whole = CS_TRY(operand(node.children[0]));
    const Operand key = CS_TRY(operand(node.children[1]));
    emitter_.stand_at(node.offset);
    emitter_.emit({.op = Op::index, .flag = node.optional ? uint8_t{1} : uint8_t{0}, .dst = dst, .a = whole, .b = key});
    return success();
}

Status Compiler::unary(Op op, const Node& node, uint16_t dst) {
    const Operand inner = CS_TRY(operand(node.children[0]));
    emitter_.stand_at(node.offset);
    emitter_.emit({.op = op, .dst = dst, .a = inner});
    return success();
}

Status Compiler::binary(const Node& node, uint16_t dst) {
    Operand left = CS_TRY(operand(node.children[0]));
    Operand right = CS_TRY(operand(node.children[1]));
    if (node.op == Operator::greater || node.op == Operator::greater_equal) {
        std::swap(left, right);
    }
    emitter_.stand_at(node.offset);
    const uint8_t flag = node.op == Operator::not_equal ? 1 : 0;
    emitter_.emit({.op = operation_of(node.op), .flag = flag, .dst = dst, .a = left, .b = right});
    return success();
}

Status Compiler::conditional(const Node& node, uint16_t dst) {
    Label otherwise;
    Label end;
    CS_TRY(condition(node.children[0], false, otherwise));
    CS_TRY(value(node.children[1], dst));
    emitter_.emit_jump({.op = Op::jump}, end);
    emitter_.bind(otherwise);
    CS_TRY(value(node.children[2], dst));
    emitter_.bind(end);
    return success();
}

Status Compiler::list(const Node& node, uint16_t dst) {
    const auto& optional = node.optional_children;
    if (std::find(optional.begin(), optional.end(), true) == optional.end()) {
        const uint16_t first = emitter_.registers(static_cast<uint16_t>(node.children.size()));
        for (size_t i = 0; i < node.children.size(); ++i) {
            CS_TRY(value(node.children[i], static_cast<uint16_t>(first + i)));
        }
        emitter_.stand_at(node.offset);
        emitter_.emit(
            {.op = Op::make_list, .dst = dst, .a = first, .extra = static_cast<uint32_t>(node.children.size())});
        return success();
    }
    const uint16_t builder = emitter_.registers();
    emitter_.emit({.op = Op::begin_list, .dst = builder});
    for (size_t i = 0; i < node.children.size(); ++i) {
        const Emitter::Block block(emitter_);
        const Operand element = CS_TRY(operand(node.children[i]));
        emitter_.stand_at(ast_[node.children[i]].begin);
        emitter_.emit({.op = Op::append, .flag = optional[i] ? uint8_t{1} : uint8_t{0}, .dst = builder, .a = element});
    }
    emitter_.emit({.op = Op::end_list, .dst = dst, .a = builder});
    return success();
}

Status Compiler::map(const Node& node, uint16_t dst) {
    const uint16_t builder = emitter_.registers();
    emitter_.emit({.op = Op::begin_list, .flag = 1, .dst = builder});
    for (size_t i = 0; i < node.children.size(); i += 2) {
        const Emitter::Block block(emitter_);
        const Operand key = CS_TRY(operand(node.children[i]));
        const Operand mapped = CS_TRY(operand(node.children[i + 1]));
        emitter_.stand_at(ast_[node.children[i]].begin);
        const uint8_t flag = node.optional_children[i / 2] ? 1 : 0;
        emitter_.emit({.op = Op::put, .flag = flag, .dst = builder, .a = key, .b = mapped});
    }
    emitter_.stand_at(node.offset);
    emitter_.emit({.op = Op::end_map, .dst = dst, .a = builder});
    return success();
}

Status Compiler::call(NodeId id, const Node& node, uint16_t dst) {
    const Reference& meant = reference(id);
    if (meant.overloads.empty()) {
        emitter_.stand_at(node.offset);
        return fail_with(concat("unknown function '", node.text, "'"));
    }
    const bool alternative = node.method && node.children.size() == 2 && (node.text == "or" || node.text == "orValue");
    if (alternative) {
        return or_else(node, dst);
    }
    bool done = false;
    CS_TRY(matches(id, node, dst, done));
    if (done) {
        return success();
    }
    CS_TRY(check_zone(id, node));
    if (node.text == "size" && !meant.qualified && node.children.size() == 1) {
        return unary(Op::size, node, dst);
    }
    const size_t skip = meant.qualified ? 1 : 0;
    const size_t count = node.children.size() - skip;
    const uint16_t first = emitter_.registers(static_cast<uint16_t>(count));
    for (size_t i = 0; i < count; ++i) {
        CS_TRY(value(node.children[i + skip], static_cast<uint16_t>(first + i)));
    }
    emitter_.stand_at(node.offset);
    const Overload* known = meant.meaning == Meaning::overload ? &meant.overloads[meant.index] : nullptr;
    const uint32_t site = emitter_.call_site({node.text, known, meant.overloads});
    emitter_.emit({.op = Op::call, .dst = dst, .a = first, .b = static_cast<Operand>(count), .extra = site});
    return success();
}

// A time zone that stands in the expression is known to be none before the first item comes.
Status Compiler::check_zone(NodeId id, const Node& node) {
    const Reference& meant = reference(id);
    const bool in_zone = meant.meaning == Meaning::overload && node.children.size() == 2 &&
                         meant.overloads[meant.index].signature.starts_with("timestamp.get");
    if (!in_zone || !options_.strict || !options_.refuse_constant_failures) {
        return success();
    }
    const std::optional<Value> zone = CS_TRY(folding_.value(node.children[1]));
    if (!zone || zones::utc_offset(zone->as_text(), 0)) {
        return success();
    }
    return error_at(ast_.source, ast_[node.children[1]].begin, zones::unknown_zone(zone->as_text()));
}

// text.matches('pattern'): the pattern is compiled once, with the expression.
Status Compiler::matches(NodeId id, const Node& node, uint16_t dst, bool& done) {
    if (node.text != "matches" || reference(id).meaning != Meaning::overload) {
        return success();
    }
    const std::optional<Value> pattern = CS_TRY(folding_.value(node.children[1]));
    if (!pattern || !pattern->is(Kind::string)) {
        return success();
    }
    std::unique_ptr<RE2> compiled = compile_pattern(pattern->as_text());
    if (!compiled->ok()) {
        const std::string message = concat("this is no regular expression (RE2): ", compiled->error());
        const bool refuse = options_.strict && options_.refuse_constant_failures;
        return refuse ? Status(error_at(ast_.source, ast_[node.children[1]].begin, message)) : success();
    }
    const Operand text = CS_TRY(operand(node.children[0]));
    std::vector<std::unique_ptr<RE2>>& patterns = emitter_.code().patterns;
    patterns.push_back(std::move(compiled));
    emitter_.stand_at(node.offset);
    emitter_.emit({.op = Op::matches, .dst = dst, .a = text, .extra = static_cast<uint32_t>(patterns.size() - 1)});
    done = true;
    return success();
}

// optional.or(optional) and optional.orValue(value): the alternative is evaluated only when it is needed.
Status Compiler::or_else(const Node& node, uint16_t dst) {
    Label end;
    const bool whole = node.text == "or";
    const Operand first = CS_TRY(operand(node.children[0]));
    emitter_.stand_at(node.offset);
    emitter_.emit_jump({.op = Op::or_else, .flag = whole ? uint8_t{1} : uint8_t{0}, .dst = dst, .a = first}, end);
    CS_TRY(value(node.children[1], dst));
    emitter_.bind(end);
    return success();
}

Status Compiler::bind(NodeId id, const Node& node, uint16_t dst) {
    const uint16_t bound = emitter_.registers();
    CS_TRY(value(node.children[0], bound));
    locals_[reference(id).locals[0]] = bound;
    return value(node.children[1], dst);
}

Status Compiler::optional_map(NodeId id, const Node& node, uint16_t dst) {
    Label end;
    const Operand whole = CS_TRY(operand(node.children[0]));
    const uint16_t inner = emitter_.registers();
    emitter_.stand_at(node.offset);
    emitter_.emit({.op = Op::move, .dst = dst, .a = whole});  // stays when it is empty
    emitter_.emit_jump({.op = Op::unwrap, .dst = inner, .a = whole}, end);
    locals_[reference(id).locals[0]] = inner;
    if (node.flat) {
        CS_TRY(value(node.children[1], dst));
    } else {
        const Operand mapped = CS_TRY(operand(node.children[1]));
        emitter_.emit({.op = Op::wrap, .dst = dst, .a = mapped});
    }
    emitter_.bind(end);
    return success();
}

}  // namespace countersign::rules

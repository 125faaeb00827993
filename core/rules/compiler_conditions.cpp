#include <algorithm>
#include <utility>

#include "core/rules/compiler.h"

namespace countersign::rules {

namespace {

constexpr size_t kFewTexts = 4;  // up to here, looking at each is as fast as searching

struct Comparison {
    Op op;
    bool swap;
    bool opposite;
};

Comparison comparison_of(Operator op) {
    switch (op) {
        case Operator::equal: return {Op::branch_equal, false, false};
        case Operator::not_equal: return {Op::branch_equal, false, true};
        case Operator::less: return {Op::branch_less, false, false};
        case Operator::less_equal: return {Op::branch_less_equal, false, false};
        case Operator::greater: return {Op::branch_less, true, false};
        case Operator::greater_equal: return {Op::branch_less_equal, true, false};
        default: return {Op::branch_in, false, false};
    }
}

bool is_comparison(Operator op) {
    return op >= Operator::less;
}

std::optional<Op> text_test(const Node& node) {
    if (!node.method || node.children.size() != 2) {
        return std::nullopt;
    }
    return node.text == "contains"     ? std::optional<Op>(Op::branch_contains)
           : node.text == "startsWith" ? std::optional<Op>(Op::branch_starts)
           : node.text == "endsWith"   ? std::optional<Op>(Op::branch_ends)
                                       : std::nullopt;
}

bool shorter_first(const Value& a, const Value& b) {
    return a.raw_size() != b.raw_size() ? a.raw_size() < b.raw_size() : a.as_text() < b.as_text();
}

bool all_texts(std::span<const Value> list) {
    return std::all_of(list.begin(), list.end(), [](const Value& v) { return v.is(Kind::string); });
}

}  // namespace

Status Compiler::condition(NodeId id, bool sense, Label& to) {
    const Node& node = ast_[id];
    switch (node.kind) {
        case NodeKind::invert: return condition(node.children[0], !sense, to);
        case NodeKind::all_of:
        case NodeKind::any_of: return logical(node, sense, to);
        case NodeKind::conditional: return choice(node, sense, to);
        case NodeKind::binary:
            if (is_comparison(node.op)) {
                return compare(node, sense, to);
            }
            break;
        case NodeKind::comprehension:
            if (node.macro == Macro::all || node.macro == Macro::exists) {
                return quantifier(id, node, sense, to);
            }
            break;
        case NodeKind::call:
            if (const std::optional<Op> test = text_test(node); test && !reference(id).qualified) {
                return branch_on_two(node, *test, sense, to);
            }
            break;
        case NodeKind::select:
            if (node.test && reference(id).meaning == Meaning::none) {
                return branch_on_has(node, sense, to);
            }
            break;
        default: break;
    }
    const Emitter::Block block(emitter_);
    const Operand tested = CS_TRY(operand(id));
    emitter_.stand_at(node.begin);
    emitter_.emit_jump({.op = Op::branch, .flag = sense ? uint8_t{1} : uint8_t{0}, .a = tested}, to);
    return success();
}

// text.contains(part) and its like.
Status Compiler::branch_on_two(const Node& node, Op op, bool sense, Label& to) {
    const Emitter::Block block(emitter_);
    const Operand left = CS_TRY(operand(node.children[0]));
    const Operand right = CS_TRY(operand(node.children[1]));
    emitter_.stand_at(node.offset);
    emitter_.emit_jump({.op = op, .flag = sense ? uint8_t{1} : uint8_t{0}, .a = left, .b = right}, to);
    return success();
}

Status Compiler::branch_on_has(const Node& node, bool sense, Label& to) {
    const Emitter::Block block(emitter_);
    const Operand whole = CS_TRY(operand(node.children[0]));
    const Operand key = emitter_.constant(Value::string(emitter_.code().arena.copy(node.text)));
    emitter_.stand_at(node.offset);
    emitter_.emit_jump({.op = Op::branch_has, .flag = sense ? uint8_t{1} : uint8_t{0}, .a = whole, .b = key}, to);
    return success();
}

Status Compiler::compare(const Node& node, bool sense, Label& to) {
    const Emitter::Block block(emitter_);
    const Comparison comparison = comparison_of(node.op);
    Operand left = CS_TRY(operand(node.children[0]));
    Operand right = CS_TRY(operand(node.children[1]));
    if (comparison.swap) {
        std::swap(left, right);
    }
    Op op = comparison.op;
    if (op == Op::branch_in && (right & kConstant) != 0 &&
        emitter_.code().constants[right & kIndexMask].is(Kind::list)) {
        const std::span<const Value> list = emitter_.code().constants[right & kIndexMask].as_list();
        if (list.size() > kFewTexts && all_texts(list)) {
            Value* sorted = emitter_.code().arena.values(list.size());
            std::copy(list.begin(), list.end(), sorted);
            std::sort(sorted, sorted + list.size(), shorter_first);
            right = emitter_.constant(Value::list({sorted, list.size()}));
            op = Op::branch_in_texts;
        }
    }
    emitter_.stand_at(node.offset);
    const bool jump_on = sense != comparison.opposite;
    emitter_.emit_jump({.op = op, .flag = jump_on ? uint8_t{1} : uint8_t{0}, .a = left, .b = right}, to);
    return success();
}

// For &&: one false decides, whatever failed before it; else the first failure is the outcome; else true.
Status Compiler::logical(const Node& node, bool sense, Label& to) {
    const Emitter::Block block(emitter_);
    const bool decides = node.kind == NodeKind::any_of;
    const size_t last = node.children.size() - 1;
    const auto may_fail = [&](NodeId child) { return fails(child) || kind(child) != Kind::boolean; };
    const bool absorbs = std::any_of(node.children.begin(), node.children.end() - 1, may_fail);
    uint16_t pending = 0;
    if (absorbs) {
        pending = emitter_.registers();
        emitter_.emit({.op = Op::clear, .dst = pending});
    }
    Label out;
    Label& decided = decides == sense ? to : out;
    for (size_t i = 0; i < node.children.size(); ++i) {
        if (i == last && !absorbs && decides != sense) {
            CS_TRY(condition(node.children[i], sense, to));
            break;
        }
        const uint32_t begin = emitter_.here();
        CS_TRY(condition(node.children[i], decides, decided));
        if (absorbs) {
            emitter_.handle(begin, emitter_.here(), emitter_.here(), pending);
        }
    }
    if (absorbs) {
        emitter_.emit({.op = Op::raise, .a = pending});
        if (decides != sense) {
            emitter_.emit_jump({.op = Op::jump}, to);
        }
    }
    emitter_.bind(out);
    return success();
}

Status Compiler::choice(const Node& node, bool sense, Label& to) {
    Label otherwise;
    Label end;
    CS_TRY(condition(node.children[0], false, otherwise));
    CS_TRY(condition(node.children[1], sense, to));
    emitter_.emit_jump({.op = Op::jump}, end);
    emitter_.bind(otherwise);
    CS_TRY(condition(node.children[2], sense, to));
    emitter_.bind(end);
    return success();
}

// all() is && over the elements, exists() is ||: the same rule for failures.
Status Compiler::quantifier(NodeId id, const Node& node, bool sense, Label& to) {
    const Emitter::Block block(emitter_);
    const bool decides = node.macro == Macro::exists;
    const NodeId tested = node.children[1];
    const bool absorbs = fails(tested) || kind(tested) != Kind::boolean;
    uint16_t pending = 0;
    if (absorbs) {
        pending = emitter_.registers();
        emitter_.emit({.op = Op::clear, .dst = pending});
    }
    Walk walk;
    CS_TRY(begin_walk(id, node, walk));
    Label out;
    const uint32_t begin = emitter_.here();
    CS_TRY(condition(tested, decides, decides == sense ? to : out));
    if (absorbs) {
        emitter_.handle(begin, emitter_.here(), emitter_.here(), pending);
    }
    end_walk(node, walk);
    if (absorbs) {
        emitter_.emit({.op = Op::raise, .a = pending});
    }
    if (decides != sense) {
        emitter_.emit_jump({.op = Op::jump}, to);
    }
    emitter_.bind(out);
    return success();
}

Status Compiler::condition_value(NodeId id, uint16_t dst) {
    Label no;
    Label end;
    CS_TRY(condition(id, false, no));
    emitter_.emit({.op = Op::move, .dst = dst, .a = emitter_.constant(Value::boolean(true))});
    emitter_.emit_jump({.op = Op::jump}, end);
    emitter_.bind(no);
    emitter_.emit({.op = Op::move, .dst = dst, .a = emitter_.constant(Value::boolean(false))});
    emitter_.bind(end);
    return success();
}

}  // namespace countersign::rules

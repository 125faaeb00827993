#include "core/rules/compiler.h"

namespace countersign::rules {

Status Compiler::begin_walk(NodeId id, const Node& node, Walk& walk) {
    const Operand range = CS_TRY(operand(node.children[0]));
    const bool two = node.variables.size() == 2;
    walk.iterator = emitter_.registers(2);
    walk.element = emitter_.registers(two ? 2 : 1);
    locals_[reference(id).locals[0]] = walk.element;
    if (two) {
        locals_[reference(id).locals[1]] = static_cast<uint16_t>(walk.element + 1);
    }
    emitter_.stand_at(node.offset);
    emitter_.emit_jump({.op = Op::begin_loop, .dst = walk.iterator, .a = range}, walk.end);
    emitter_.bind(walk.start);
    const auto second = static_cast<Operand>(walk.element + 1);
    emitter_.emit({.op = Op::element,
                   .flag = two ? uint8_t{1} : uint8_t{0},
                   .dst = walk.element,
                   .a = walk.iterator,
                   .b = second});
    return success();
}

void Compiler::end_walk(const Node& node, Walk& walk) {
    emitter_.stand_at(node.offset);
    emitter_.emit_jump({.op = Op::next, .dst = walk.iterator}, walk.start);
    emitter_.bind(walk.end);
}

// Unlike exists(), it looks at every element and absorbs nothing.
Status Compiler::exists_one(NodeId id, const Node& node, uint16_t dst) {
    const uint16_t counter = emitter_.registers();
    emitter_.emit({.op = Op::move, .dst = counter, .a = emitter_.constant(Value::int64(0))});
    Walk walk;
    CS_TRY(begin_walk(id, node, walk));
    Label skip;
    CS_TRY(condition(node.children[1], false, skip));
    emitter_.emit({.op = Op::count, .dst = counter});
    emitter_.bind(skip);
    end_walk(node, walk);
    emitter_.emit({.op = Op::equal, .dst = dst, .a = counter, .b = emitter_.constant(Value::int64(1))});
    return success();
}

// filter, map, transformList, transformMap.
Status Compiler::collect(NodeId id, const Node& node, uint16_t dst) {
    const bool to_map = node.macro == Macro::transform_map;
    const bool filter = node.macro == Macro::filter;
    const uint16_t builder = emitter_.registers();
    emitter_.emit({.op = Op::begin_list, .flag = to_map ? uint8_t{1} : uint8_t{0}, .dst = builder});
    Walk walk;
    CS_TRY(begin_walk(id, node, walk));
    Label skip;
    if (filter || node.children.size() == 3) {
        CS_TRY(condition(node.children[1], false, skip));
    }
    const Operand result = filter ? walk.element : CS_TRY(operand(node.children.back()));
    emitter_.stand_at(node.offset);
    if (to_map) {
        emitter_.emit({.op = Op::put, .dst = builder, .a = walk.element, .b = result});
    } else {
        emitter_.emit({.op = Op::append, .dst = builder, .a = result});
    }
    emitter_.bind(skip);
    end_walk(node, walk);
    emitter_.emit({.op = to_map ? Op::end_map : Op::end_list, .dst = dst, .a = builder});
    return success();
}

}  // namespace countersign::rules

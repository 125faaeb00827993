#pragma once
// The flat program that an expression becomes: instructions of twelve bytes, their constants, and where to go on when
// one fails. Internal to core/rules; the outside holds a Program (program.h).
//
// Operands are sixteen bits: two say in which of three arrays of Values, the rest which one. Values are read where they
// lie (a constant, a slot of the activation, a register of the frame) and written to registers.
//
// Errors and && ||: there is no test for an error behind each instruction. A Handler says: if an instruction between
// `begin` and `end` fails, put the failure into register `dst` and go on at `target`. So a && b costs nothing for being
// able to absorb the error of a. Handlers stand innermost first.

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include <re2/re2.h>

#include "core/rules/arena.h"
#include "core/rules/environment.h"
#include "core/rules/library.h"
#include "core/rules/value.h"

namespace countersign::rules {

using Operand = uint16_t;

inline constexpr uint32_t kSpaceShift = 14;
inline constexpr Operand kIndexMask = (1u << kSpaceShift) - 1;
inline constexpr Operand kFrame = 0;
inline constexpr Operand kConstant = 1u << kSpaceShift;
inline constexpr Operand kSlot = 2u << kSpaceShift;

// In branches, `flag` is the outcome that jumps to `extra`.
enum class Op : uint8_t {
    move,          // dst = a
    load,          // dst = a; fails when a has no value
    load_record,   // dst = the record of slots from `extra` on, of the type of variable b
    fail,          // fails with failures[extra]
    jump,          // to extra
    finish,        // the result is a
    branch,        // on the bool a
    branch_equal,  // on a == b
    branch_less,   // on a < b
    branch_less_equal,
    branch_in,        // on a in b
    branch_in_texts,  // the same where b is a list of texts sorted by length, then bytes
    branch_contains,  // on a.contains(b); a and b are texts or it fails
    branch_starts,    // on a.startsWith(b)
    branch_ends,      // on a.endsWith(b)
    branch_has,       // on has(a.b)
    equal,            // dst = (a == b), or its opposite when flag is set
    less,
    less_equal,
    in,
    add,
    subtract,
    multiply,
    divide,
    modulo,
    negate,
    invert,
    require_bool,  // fails when a is no bool
    select,        // dst = a.b, where b is a text; an optional when flag is set
    select_field,  // dst = field number `extra` of the record a
    has,           // dst = has(a.b)
    has_field,
    size,        // dst = size(a)
    is_set,      // dst = whether a has a value
    index,       // dst = a[b]; an optional when flag is set
    make_list,   // dst = the `extra` registers from a on
    begin_list,  // dst = an empty builder, of a map when flag is set
    append,      // to the builder dst: a; what the optional a holds when flag is set
    put,         // to the builder dst: key a, value b; what the optional b holds when flag is set
    end_list,    // dst = the list that builder a made
    end_map,
    call,        // dst = calls[extra] on the b registers from a on
    matches,     // dst = whether the text a matches patterns[extra]
    begin_loop,  // dst, dst + 1: a walk over a; to extra when there is nothing to walk over
    element,     // dst = the element (b: its value, dst its key or place, when flag is set) of the walk a
    next,        // the walk dst: one further, to extra; on, when that was the last
    clear,       // dst = null
    raise,       // fails with the failure in a, if there is one
    count,       // dst = dst + 1, an int
    wrap,        // dst = optional.of(a)
    unwrap,      // dst = what the optional a holds; to extra when it is empty
    or_else,     // a is an optional: when it holds something, dst = that (or a itself when flag is set) and to extra
};

struct Instruction {
    Op op = Op::fail;
    uint8_t flag = 0;
    uint16_t dst = 0;
    Operand a = 0;
    Operand b = 0;
    uint32_t extra = 0;
};

static_assert(sizeof(Instruction) == 12);

struct Handler {
    uint32_t begin = 0;
    uint32_t end = 0;
    uint32_t target = 0;
    uint16_t dst = 0;
};

struct CallSite {
    std::string name;
    const Overload* known = nullptr;
    std::span<const Overload> overloads;
};

struct Code {
    Environment environment;
    std::string source;
    std::vector<Instruction> instructions;
    std::vector<uint32_t> offsets;  // in the source, by instruction
    std::vector<Handler> handlers;
    std::vector<Value> constants;
    std::vector<CallSite> calls;
    std::vector<std::unique_ptr<RE2>> patterns;
    std::vector<std::string> failures;
    Arena arena;  // of the constants
    uint32_t frame_size = 0;
    uint64_t cost = 0;  // of running through once, without the rounds of its loops
    Type result;
};

}  // namespace countersign::rules

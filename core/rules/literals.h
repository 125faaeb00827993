#pragma once
// The value of a number or text as it stands in an expression.

#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/result.h"
#include "core/rules/arena.h"
#include "core/rules/value.h"

namespace countersign::rules {

// Where a literal stands, for errors.
struct Literal {
    std::string_view source;  // of the whole expression
    uint32_t begin = 0;
    uint32_t end = 0;

    std::string_view text() const { return source.substr(begin, end - begin); }
};

// "42", "0x2A", "42u": an int or a uint. `negative`: a minus sign stands before it.
Result<Value> integer_literal(const Literal& literal, bool negative);
Result<Value> decimal_literal(const Literal& literal, bool negative);
// 'a', "a", r'a', '''a''', b'a' with their escapes: a string or bytes in the arena.
Result<Value> text_literal(const Literal& literal, Arena& arena);

}  // namespace countersign::rules

#pragma once
// Cuts an expression into tokens. What a slip of the pen looks like (=, <>, typographic quotation marks) is answered
// here with what CEL writes instead.
//
// Source of the lexis: cel-spec, doc/langdef.md, "Syntax". The error is an invalid_argument with the place in `field`.

#include <cstdint>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace countersign::rules {

enum class TokenKind : uint8_t {
    end,
    name,         // also true, false, null, in and the reserved words
    quoted_name,  // `content-type`: only behind a dot
    integer,      // digits or 0x..., without a sign; with u or U: uint
    decimal,
    string,  // with its prefixes (r, b) and quotation marks
    symbol,
    wrong,  // what no token begins with; the last one then, and Tokens::error says why
};

struct Token {
    TokenKind kind = TokenKind::end;
    uint32_t begin = 0;  // byte offsets
    uint32_t end = 0;
};

// Ends with one token of kind `end` or `wrong`. What is wrong is the parser's to tell: it may meet something earlier.
struct Tokens {
    std::vector<Token> all;
    Status error;
};

// Contract: `source` is valid UTF-8.
Tokens tokens_of(std::string_view source);

}  // namespace countersign::rules

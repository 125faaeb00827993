#include "core/rules/literals.h"

#include <charconv>
#include <cmath>
#include <cstdlib>

#include "core/base/concat.h"
#include "core/base/utf8.h"
#include "core/rules/source.h"

namespace countersign::rules {

namespace {

constexpr uint64_t kSmallestInt = uint64_t{1} << 63;  // without its sign

struct Plain {
    char escape;
    char meaning;
};

constexpr Plain kPlain[] = {{'a', '\a'}, {'b', '\b'},  {'f', '\f'}, {'n', '\n'}, {'r', '\r'},  {'t', '\t'},
                            {'v', '\v'}, {'\\', '\\'}, {'?', '?'},  {'"', '"'},  {'\'', '\''}, {'`', '`'}};

// Reads the inside of a quoted text with its escapes.
class Unescaper {
public:
    Unescaper(const Literal& literal, std::string_view inside, bool bytes)
        : literal_(literal), inside_(inside), bytes_(bytes) {}

    Result<std::string> all() {
        while (at_ < inside_.size()) {
            if (inside_[at_] != '\\') {
                out_.push_back(inside_[at_++]);
                continue;
            }
            CS_TRY(escape());
        }
        return std::move(out_);
    }

private:
    // A message about the escape that begins at `at`.
    Error error(size_t at, std::string_view message) const {
        const auto offset = static_cast<uint32_t>(static_cast<size_t>(inside_.data() - literal_.source.data()) + at);
        return error_at(literal_.source, offset, std::string(message));
    }

    Status escape() {
        const size_t begin = at_++;
        const char c = at_ < inside_.size() ? inside_[at_] : '\0';
        for (const Plain& plain : kPlain) {
            if (plain.escape == c) {
                out_.push_back(plain.meaning);
                ++at_;
                return success();
            }
        }
        if (c >= '0' && c <= '3') {
            return code(begin, 3, 8);
        }
        ++at_;
        if (c == 'x' || c == 'X') {
            return code(begin, 2, 16);
        }
        if (c == 'u' || c == 'U') {
            if (bytes_) {
                return error(begin, "bytes take \\x and octal escapes; \\u and \\U are for texts");
            }
            return code(begin, c == 'u' ? 4 : 8, 16);
        }
        return error(begin,
                     "unknown escape; allowed are \\n \\t \\r \\\\ \\' \\\" \\x41 \\u00e9 \\U0001f431 \\101 (write "
                     "r'...' for a pattern with backslashes)");
    }

    Result<uint32_t> digits(size_t begin, size_t count, int base) {
        uint32_t value = 0;
        const char* from = inside_.data() + at_;
        const char* to = inside_.data() + std::min(at_ + count, inside_.size());
        const auto [end, problem] = std::from_chars(from, to, value, base);
        if (end != from + count || problem != std::errc()) {
            return error(begin,
                         concat("this escape needs ", count, base == 8 ? " octal digits" : " hexadecimal digits"));
        }
        at_ += count;
        return value;
    }

    Status code(size_t begin, size_t count, int base) {
        uint32_t value = CS_TRY(digits(begin, count, base));
        if (bytes_) {
            out_.push_back(static_cast<char>(value));
            return success();
        }
        const bool low_follows = inside_.substr(at_, 2) == "\\u";
        if (value >= 0xD800 && value <= 0xDBFF && low_follows) {
            at_ += 2;
            const uint32_t low = CS_TRY(digits(begin, 4, 16));
            value = low >= 0xDC00 && low <= 0xDFFF ? 0x10000 + ((value - 0xD800) << 10) + (low - 0xDC00) : value;
        }
        if ((value >= 0xD800 && value <= 0xDFFF) || value > 0x10FFFF) {
            return error(begin, "this escape is no Unicode character");
        }
        utf8::append(out_, value);
        return success();
    }

    const Literal& literal_;
    std::string_view inside_;
    bool bytes_;
    size_t at_ = 0;
    std::string out_;
};

}  // namespace

Result<Value> integer_literal(const Literal& literal, bool negative) {
    std::string_view digits = literal.text();
    const bool is_uint = digits.back() == 'u' || digits.back() == 'U';
    digits.remove_suffix(is_uint ? 1 : 0);
    const bool hex = digits.size() > 2 && (digits[1] == 'x' || digits[1] == 'X');
    digits.remove_prefix(hex ? 2 : 0);
    uint64_t value = 0;
    const auto [end, problem] = std::from_chars(digits.data(), digits.data() + digits.size(), value, hex ? 16 : 10);
    static_cast<void>(end);  // the lexer let only digits through
    const bool fits = problem == std::errc();
    if (is_uint) {
        if (!fits) {
            return error_at(literal.source, literal.begin,
                            concat(literal.text(), " is too large; a uint is at most 18446744073709551615u"));
        }
        if (negative) {
            return error_at(literal.source, literal.begin, "a uint cannot be negative; write the number without u");
        }
        return Value::uint64(value);
    }
    if (!fits || value > (negative ? kSmallestInt : kSmallestInt - 1)) {
        return error_at(literal.source, literal.begin,
                        concat(negative ? "-" : "", literal.text(),
                               " is too large; an int lies between "
                               "-9223372036854775808 and 9223372036854775807"));
    }
    return Value::int64(static_cast<int64_t>(negative ? 0 - value : value));
}

Result<Value> decimal_literal(const Literal& literal, bool negative) {
    const std::string digits(literal.text());
    const double value = std::strtod(digits.c_str(), nullptr);
    if (std::isinf(value)) {
        return error_at(literal.source, literal.begin, concat(digits, " is too large for a double"));
    }
    return Value::float64(negative ? -value : value);
}

Result<Value> text_literal(const Literal& literal, Arena& arena) {
    std::string_view text = literal.text();
    const bool bytes = text.front() == 'b' || text.front() == 'B';
    text.remove_prefix(bytes ? 1 : 0);
    const bool raw = text.front() == 'r' || text.front() == 'R';
    text.remove_prefix(raw ? 1 : 0);
    const bool triple = text.size() >= 6 && text[1] == text[0] && text[2] == text[0];
    const size_t quotes = triple ? 3 : 1;
    const std::string_view inside = text.substr(quotes, text.size() - 2 * quotes);
    std::string_view kept;
    if (raw) {
        kept = arena.copy(inside);
    } else {
        kept = arena.copy(CS_TRY(Unescaper(literal, inside, bytes).all()));
    }
    return bytes ? Value::bytes(kept) : Value::string(kept);
}

}  // namespace countersign::rules

#include "core/rules/lexer.h"

#include <array>
#include <string>

#include "core/base/concat.h"
#include "core/base/utf8.h"
#include "core/rules/source.h"

namespace countersign::rules {

namespace {

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

bool is_hex(char c) {
    return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

bool starts_name(char c) {
    return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool continues_name(char c) {
    return starts_name(c) || is_digit(c);
}

struct Slip {
    std::string_view written;
    std::string_view advice;
};

// Longest first where one is the beginning of another.
constexpr std::array<Slip, 22> kSlips = {{
    {"===", "'===' is no operator in CEL; write =="},
    {"!==", "'!==' is no operator in CEL; write !="},
    {"<>", "'<>' is no operator in CEL; write !="},
    {"=>", "'=>' is no operator in CEL; write >= to compare, or list.exists(x, x > 0) for each element"},
    {"=<", "'=<' is no operator in CEL; write <="},
    {"=~", "'=~' is no operator in CEL; write text.matches('pattern')"},
    {"**", "'**' is no operator in CEL"},
    {"++", "'++' is no operator in CEL"},
    {"\u2265", "'\u2265' is no operator in CEL; write >="},
    {"\u2264", "'\u2264' is no operator in CEL; write <="},
    {"\u2260", "'\u2260' is no operator in CEL; write !="},
    {"\u00d7", "'\u00d7' is no operator in CEL; write *"},
    {"\u2212", "'\u2212' (U+2212) is no minus sign in CEL; write -"},
    {"\u201c", "'\u201c' is a typographic quotation mark; CEL takes \" or '"},
    {"\u201d", "'\u201d' is a typographic quotation mark; CEL takes \" or '"},
    {"\u201e", "'\u201e' is a typographic quotation mark; CEL takes \" or '"},
    {"\u2018", "'\u2018' is a typographic quotation mark; CEL takes \" or '"},
    {"\u2019", "'\u2019' is a typographic quotation mark; CEL takes \" or '"},
    {"\u00a0", "an invisible character (U+00A0) stands here; replace it by a space"},
    {"\u200b", "an invisible character (U+200B) stands here; remove it"},
    {";", "CEL is one expression without statements; remove ';'"},
    {"$", "'$' has no meaning in CEL; names are written without it"},
}};

constexpr std::array<Slip, 3> kShortSlips = {{
    {"=", "'=' is no operator in CEL; write == to compare"},
    {"&", "'&' is no operator in CEL; write && for and"},
    {"|", "'|' is no operator in CEL; write || for or"},
}};

constexpr std::array<std::string_view, 23> kSymbols = {"&&", "||", "==", "!=", "<=", ">=", "<", ">", "+", "-", "*", "/",
                                                       "%",  "!",  "?",  ":",  ".",  ",",  "(", ")", "[", "]", "{"};

class Lexer {
public:
    explicit Lexer(std::string_view source) : source_(source) {}

    Tokens all() {
        Status good;
        for (skip_blanks(); good.ok() && at_ < source_.size(); skip_blanks()) {
            start_ = at_;
            good = one();
        }
        if (good.ok()) {
            start_ = at_;
        }
        add(good.ok() ? TokenKind::end : TokenKind::wrong, start_);
        return {std::move(tokens_), std::move(good)};
    }

private:
    char peek(size_t ahead = 0) const { return at_ + ahead < source_.size() ? source_[at_ + ahead] : '\0'; }

    bool looking_at(std::string_view text) const { return source_.substr(at_, text.size()) == text; }

    Error error(size_t offset, std::string message) const {
        return error_at(source_, static_cast<uint32_t>(offset), std::move(message));
    }

    void add(TokenKind kind, size_t begin) {
        tokens_.push_back({kind, static_cast<uint32_t>(begin), static_cast<uint32_t>(at_)});
    }

    void skip_blanks() {
        while (at_ < source_.size()) {
            if (looking_at("//")) {
                const size_t newline = source_.find_first_of("\r\n", at_);
                at_ = newline == std::string_view::npos ? source_.size() : newline;
            } else if (std::string_view("\t\n\f\r ").find(source_[at_]) != std::string_view::npos) {
                ++at_;
            } else {
                return;
            }
        }
    }

    Status one() {
        const char c = peek();
        if (starts_name(c)) {
            return name_or_text();
        }
        if (is_digit(c) || (c == '.' && is_digit(peek(1)))) {
            return number();
        }
        if (c == '"' || c == '\'') {
            return text(at_, false);
        }
        if (c == '`') {
            return quoted_name();
        }
        return symbol();
    }

    Status name_or_text() {
        const size_t begin = at_;
        size_t prefix = 0;
        const char first = peek();
        const bool bytes = first == 'b' || first == 'B';
        prefix += bytes ? 1 : 0;
        const char second = peek(prefix);
        const bool raw = second == 'r' || second == 'R';
        prefix += raw ? 1 : 0;
        if (const char quote = peek(prefix); prefix > 0 && (quote == '"' || quote == '\'')) {
            at_ += prefix;
            return text(begin, raw);
        }
        while (continues_name(peek())) {
            ++at_;
        }
        add(TokenKind::name, begin);
        return success();
    }

    // at_ stands on the quotation mark.
    Status text(size_t begin, bool raw) {
        const std::string one(1, peek());
        const std::string three(3, peek());
        const bool triple = looking_at(three);
        const std::string& close = triple ? three : one;
        at_ += close.size();
        while (at_ < source_.size() && !looking_at(close)) {
            if (!triple && (peek() == '\n' || peek() == '\r')) {
                break;
            }
            const bool escape = !raw && peek() == '\\' && at_ + 1 < source_.size();
            at_ += escape ? 2 : 1;
        }
        if (!looking_at(close)) {
            return error(begin, concat("the text that begins here has no closing ", close));
        }
        at_ += close.size();
        add(TokenKind::string, begin);
        return success();
    }

    Status quoted_name() {
        const size_t begin = at_++;
        while (at_ < source_.size() && peek() != '`' && peek() != '\n') {
            const bool allowed =
                continues_name(peek()) || std::string_view("./- ").find(peek()) != std::string_view::npos;
            if (!allowed) {
                return error(at_, "a name in backticks may have letters, digits, _ . - / and spaces");
            }
            ++at_;
        }
        if (peek() != '`' || at_ == begin + 1) {
            return error(begin, "the name that begins here has no closing `, or is empty");
        }
        ++at_;
        add(TokenKind::quoted_name, begin);
        return success();
    }

    void skip_digits() {
        while (is_digit(peek())) {
            ++at_;
        }
    }

    Status number() {
        const size_t begin = at_;
        TokenKind kind = TokenKind::integer;
        bool good = true;
        if (peek() == '0' && (peek(1) == 'x' || peek(1) == 'X')) {
            at_ += 2;
            good = peek(0) != '\0' && is_hex(peek());
            while (is_hex(peek())) {
                ++at_;
            }
        } else {
            skip_digits();
            if (peek() == '.' && is_digit(peek(1))) {
                kind = TokenKind::decimal;
                ++at_;
                skip_digits();
            }
            const size_t sign = peek(1) == '+' || peek(1) == '-' ? 1 : 0;
            if ((peek() == 'e' || peek() == 'E') && is_digit(peek(1 + sign))) {
                kind = TokenKind::decimal;
                at_ += 2 + sign;
                skip_digits();
            }
        }
        if (kind == TokenKind::integer && (peek() == 'u' || peek() == 'U')) {
            ++at_;
        }
        if (!good || continues_name(peek())) {
            while (continues_name(peek())) {
                ++at_;
            }
            return error(begin, concat("'", source_.substr(begin, at_ - begin),
                                       "' is no number; numbers are written 10, 10u, 0.5, 1e3 or 0x1F"));
        }
        add(kind, begin);
        return success();
    }

    Status symbol() {
        for (const Slip& slip : kSlips) {
            if (looking_at(slip.written)) {
                return error(at_, std::string(slip.advice));
            }
        }
        for (const std::string_view symbol : kSymbols) {
            if (looking_at(symbol)) {
                return take(symbol);
            }
        }
        if (peek() == '}') {
            return take("}");
        }
        for (const Slip& slip : kShortSlips) {
            if (looking_at(slip.written)) {
                return error(at_, std::string(slip.advice));
            }
        }
        size_t end = at_;
        utf8::next(source_, end);
        return error(at_, concat("'", source_.substr(at_, end - at_), "' has no meaning in CEL"));
    }

    Status take(std::string_view symbol) {
        const size_t begin = at_;
        at_ += symbol.size();
        add(TokenKind::symbol, begin);
        return success();
    }

    std::string_view source_;
    size_t at_ = 0;
    size_t start_ = 0;  // of the token being read
    std::vector<Token> tokens_;
};

}  // namespace

Tokens tokens_of(std::string_view source) {
    return Lexer(source).all();
}

}  // namespace countersign::rules

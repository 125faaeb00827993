#include "core/json/canonical.h"

#include <algorithm>
#include <charconv>
#include <cstring>

#include "core/base/concat.h"
#include "core/base/utf8.h"

namespace countersign {

namespace {

constexpr std::string_view kShortEscapes = "\"\\bfnrt";
constexpr std::string_view kEscaped = "\"\\\b\f\n\r\t";  // what they stand for

// Where the first character stands that a text must look at: a quote, a backslash, a control character, or one that is
// not ASCII. Eight at a time; perhaps up to seven before it.
size_t skip_plain(std::string_view text, size_t at) {
    constexpr uint64_t kEach = 0x0101010101010101;
    constexpr uint64_t kHigh = 0x80 * kEach;
    const auto below = [](uint64_t word, uint64_t limit) { return (word - limit * kEach) & ~word & kHigh; };
    for (uint64_t word = 0; text.size() - at >= sizeof word; at += sizeof word) {
        std::memcpy(&word, text.data() + at, sizeof word);
        const uint64_t special =
            below(word ^ '"' * kEach, 1) | below(word ^ '\\' * kEach, 1) | below(word, 0x20) | (word & kHigh);
        if (special != 0) {
            break;
        }
    }
    return at;
}

int hex_digit(char c) {
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

}  // namespace

// Recursive descent; the depth is bounded. The first mistake ends it.
class CanonicalReader {
public:
    CanonicalReader(std::string_view text, std::vector<CanonicalJson::Node>& nodes) : text_(text), nodes_(nodes) {}

    Status run() {
        if (value({}, 0) && at_ != text_.size()) {
            refuse("the value ends here, but more follows");
        }
        return problem_.empty() ? Status()
                                : Status(fail(code_, std::string(problem_), concat("byte ", problem_at_ + 1)));
    }

private:
    bool refuse(std::string_view problem, ErrorCode code = ErrorCode::invalid_argument) {
        problem_ = problem;
        problem_at_ = at_;
        code_ = code;
        return false;
    }

    bool next_is(char c) const { return at_ < text_.size() && text_[at_] == c; }

    bool value(std::string_view name, uint32_t depth) {
        if (depth > kCanonicalDepth) {
            return refuse("values are nested too deep", ErrorCode::exhausted);
        }
        if (at_ == text_.size()) {
            return refuse("a value is missing");
        }
        const size_t begin = at_;
        const size_t node = nodes_.size();
        nodes_.push_back({.kind = kind_of(text_[at_]), .after = 0, .name = name, .bytes = {}});
        if (!body(nodes_[node].kind, depth)) {
            return false;
        }
        nodes_[node].bytes = text_.substr(begin, at_ - begin);
        nodes_[node].after = static_cast<uint32_t>(nodes_.size());
        return true;
    }

    static JsonKind kind_of(char begins) {
        switch (begins) {
            case '{': return JsonKind::object;
            case '[': return JsonKind::list;
            case '"': return JsonKind::text;
            case 't':
            case 'f': return JsonKind::boolean;
            case 'n': return JsonKind::null;
            default: return JsonKind::integer;
        }
    }

    bool body(JsonKind kind, uint32_t depth) {
        switch (kind) {
            case JsonKind::object: return object(depth);
            case JsonKind::list: return list(depth);
            case JsonKind::text: return text();
            case JsonKind::boolean: return word(text_[at_] == 't' ? "true" : "false");
            case JsonKind::null: return word("null");
            case JsonKind::integer: break;
        }
        return integer();
    }

    bool word(std::string_view expected) {
        if (text_.substr(at_, expected.size()) != expected) {
            return refuse("no value of JSON begins like this");
        }
        at_ += expected.size();
        return true;
    }

    bool object(uint32_t depth) {
        ++at_;
        std::string_view last;
        for (bool first = true; !next_is('}'); first = false) {
            if (!first && !comma()) {
                return false;
            }
            const size_t begin = at_;
            if (!name()) {
                return false;
            }
            const std::string_view name = text_.substr(begin + 1, at_ - begin - 2);
            if (!first && name <= last) {
                at_ = begin;
                return refuse(name == last ? "the name stands twice" : "the names are not in order");
            }
            last = name;
            if (!next_is(':')) {
                return refuse("a colon must follow the name");
            }
            ++at_;
            if (!value(name, depth + 1)) {
                return false;
            }
        }
        ++at_;
        return true;
    }

    bool list(uint32_t depth) {
        ++at_;
        for (bool first = true; !next_is(']'); first = false) {
            if ((!first && !comma()) || !value({}, depth + 1)) {
                return false;
            }
        }
        ++at_;
        return true;
    }

    bool comma() {
        if (!next_is(',')) {
            return refuse(at_ < text_.size() ? "a comma or the end of the list or object must stand here"
                                             : "the list or object does not end");
        }
        ++at_;
        return true;
    }

    bool name() {
        if (!next_is('"')) {
            return refuse("a name in quotes must stand here");
        }
        for (++at_; at_ < text_.size(); ++at_) {
            const char c = text_[at_];
            if (c == '"') {
                ++at_;
                return true;
            }
            if (c < 0x20 || c > 0x7E || c == '\\') {
                return refuse("a name has printable ASCII characters only");
            }
        }
        return refuse("the name does not end");
    }

    bool text() {
        const size_t begin = ++at_;
        bool plain = true;  // ASCII
        for (at_ = skip_plain(text_, at_); at_ < text_.size(); ++at_) {
            const auto c = static_cast<unsigned char>(text_[at_]);
            if (c == '"') {
                ++at_;
                return plain || is_utf8(begin);
            }
            plain = plain && c < 0x80;
            if (c < 0x20) {
                return refuse("a control character must be escaped");
            }
            if (c == '\\' && !escape()) {
                return false;
            }
        }
        return refuse("the text does not end");
    }

    // The text from `begin` to the quote that was just read.
    bool is_utf8(size_t begin) {
        const size_t bad = utf8::first_invalid(text_.substr(begin, at_ - 1 - begin));
        if (bad != utf8::kValid) {
            at_ = begin + bad;
            return refuse("not valid UTF-8");
        }
        return true;
    }

    // Stays at the escape's last character.
    bool escape() {
        const char kind = at_ + 1 < text_.size() ? text_[at_ + 1] : '\0';
        if (kind != '\0' && kShortEscapes.find(kind) != std::string_view::npos) {
            ++at_;
            return true;
        }
        const std::string_view code = text_.substr(at_, 6);
        const bool control = code.size() == 6 && code.starts_with("\\u00") && (code[4] == '0' || code[4] == '1') &&
                             hex_digit(code[5]) >= 0;
        const int c = control ? (code[4] - '0') * 16 + hex_digit(code[5]) : 0;
        if (c == 0 || kEscaped.find(static_cast<char>(c)) != std::string_view::npos) {
            return refuse("an escape that is not the canonical one");
        }
        at_ += 5;
        return true;
    }

    bool integer() {
        const size_t begin = at_;
        at_ += next_is('-') ? 1 : 0;
        const size_t digits = at_;
        while (at_ < text_.size() && text_[at_] >= '0' && text_[at_] <= '9') {
            ++at_;
        }
        int64_t number = 0;
        const auto [end, code] = std::from_chars(text_.data() + begin, text_.data() + at_, number);
        if (at_ == digits) {
            at_ = begin;
            return refuse(begin < text_.size() && (text_[begin] == ' ' || text_[begin] == '\t')
                              ? "a space"
                              : "no value of JSON begins like this");
        }
        const bool leading_zero = text_[digits] == '0' && (at_ - digits > 1 || digits != begin);
        if (leading_zero) {
            at_ = begin;
            return refuse("a number with a zero too many");
        }
        if (code != std::errc() || number > kCanonicalInteger_max || number < -kCanonicalInteger_max) {
            at_ = begin;
            return refuse("a number beyond 2^53 - 1");
        }
        if (next_is('.') || next_is('e') || next_is('E')) {
            return refuse("a number that is no integer");
        }
        return true;
    }

    std::string_view text_;
    std::vector<CanonicalJson::Node>& nodes_;
    size_t at_ = 0;
    std::string_view problem_;
    size_t problem_at_ = 0;
    ErrorCode code_ = ErrorCode::invalid_argument;
};

Status CanonicalJson::read(std::string_view text) {
    nodes_.clear();
    if (text.size() > UINT32_MAX) {
        return fail(ErrorCode::exhausted, "the text has more than 4 GiB");
    }
    Status done = CanonicalReader(text, nodes_).run();
    if (!done.ok()) {
        nodes_.clear();
    }
    return done;
}

CanonicalValue CanonicalJson::root() const {
    return nodes_.empty() ? CanonicalValue() : CanonicalValue(*this, 0, nodes_[0].after);
}

JsonKind CanonicalValue::kind() const {
    return json_ == nullptr ? JsonKind::null : json_->nodes_[node_].kind;
}

bool CanonicalValue::is(JsonKind wanted) const {
    return json_ != nullptr && kind() == wanted;
}

std::string_view CanonicalValue::name() const {
    return json_ == nullptr ? std::string_view() : json_->nodes_[node_].name;
}

std::string_view CanonicalValue::bytes() const {
    return json_ == nullptr ? std::string_view() : json_->nodes_[node_].bytes;
}

std::optional<int64_t> CanonicalValue::integer() const {
    if (!is(JsonKind::integer)) {
        return std::nullopt;
    }
    int64_t number = 0;
    const std::string_view digits = bytes();
    std::from_chars(digits.data(), digits.data() + digits.size(), number);  // cannot fail: it was read before
    return number;
}

std::optional<std::string_view> CanonicalValue::plain_text() const {
    if (!is(JsonKind::text) || bytes().find('\\') != std::string_view::npos) {
        return std::nullopt;
    }
    return bytes().substr(1, bytes().size() - 2);
}

std::optional<std::string> CanonicalValue::text() const {
    if (!is(JsonKind::text)) {
        return std::nullopt;
    }
    const std::string_view inside = bytes().substr(1, bytes().size() - 2);
    std::string out;
    out.reserve(inside.size());
    for (size_t at = 0; at < inside.size();) {
        const size_t escape = std::min(inside.find('\\', at), inside.size());
        out.append(inside, at, escape - at);
        at = escape;
        if (at == inside.size()) {
            break;
        }
        if (inside[at + 1] == 'u') {
            out.push_back(static_cast<char>(hex_digit(inside[at + 4]) * 16 + hex_digit(inside[at + 5])));
            at += 6;
        } else {
            out.push_back(kEscaped[kShortEscapes.find(inside[at + 1])]);
            at += 2;
        }
    }
    return out;
}

CanonicalValue CanonicalValue::find(std::string_view name) const {
    if (!is(JsonKind::object)) {
        return {};
    }
    CanonicalValue member = first();
    while (member && member.name() < name) {
        member = member.next();
    }
    return member && member.name() == name ? member : CanonicalValue();
}

CanonicalValue CanonicalValue::first() const {
    if (!is(JsonKind::object) && !is(JsonKind::list)) {
        return {};
    }
    const uint32_t end = json_->nodes_[node_].after;
    return node_ + 1 < end ? CanonicalValue(*json_, node_ + 1, end) : CanonicalValue();
}

CanonicalValue CanonicalValue::next() const {
    if (json_ == nullptr) {
        return {};
    }
    const uint32_t after = json_->nodes_[node_].after;
    return after < end_ ? CanonicalValue(*json_, after, end_) : CanonicalValue();
}

}  // namespace countersign

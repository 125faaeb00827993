// The strings extension of cel-go, but for format (extension_format.cpp). Places and lengths count code points.

#include <algorithm>
#include <array>

#include "core/base/utf8.h"
#include "core/rules/library.h"

namespace countersign::rules {

namespace {

using Arguments = std::span<const Value>;

constexpr const char* kOutside = "the place {} lies outside of a text of {} characters";

// Charges for reading the first argument, which every function here does a few times.
bool read(Call& call, Arguments a) {
    return call.spend(1 + a[0].raw_size() / 8);
}

// Code points, as everything here counts them.
int64_t length(std::string_view text) {
    return static_cast<int64_t>(utf8::length(text));
}

int64_t place_of(std::string_view text, size_t byte) {
    return length(text.substr(0, byte));
}

// The byte at a place; false, with the failure set, when it lies outside.
bool find_place(Call& call, std::string_view text, const Value& place, size_t& byte) {
    const int64_t size = length(text);
    if (place.as_int64() < 0 || place.as_int64() > size) {
        return call.fail(kOutside, place, Value::int64(size));
    }
    byte = utf8::byte_offset(text, static_cast<size_t>(place.as_int64()));
    return true;
}

bool char_at(Call& call, Arguments a, Value& out) {
    const std::string_view text = a[0].as_text();
    size_t begin = 0;
    if (!read(call, a) || !find_place(call, text, a[1], begin)) {
        return false;
    }
    size_t end = begin;
    if (end < text.size()) {
        utf8::next(text, end);
    }
    out = Value::string(text.substr(begin, end - begin));
    return true;
}

// Searching may have to look at every pair of places: charged as if it did, in steps of sixteen bytes.
bool search(Call& call, Arguments a) {
    return read(call, a) && call.spend((uint64_t{a[0].raw_size()} / 16) * (1 + a[1].raw_size() / 16));
}

bool index_of(Call& call, Arguments a, Value& out) {
    const std::string_view text = a[0].as_text();
    size_t begin = 0;
    if (!search(call, a) || (a.size() == 3 && !find_place(call, text, a[2], begin))) {
        return false;
    }
    const size_t found = text.find(a[1].as_text(), begin);
    out = Value::int64(found == std::string_view::npos ? -1 : place_of(text, found));
    return true;
}

bool last_index_of(Call& call, Arguments a, Value& out) {
    const std::string_view text = a[0].as_text();
    size_t latest = text.size();
    if (!search(call, a) || (a.size() == 3 && !find_place(call, text, a[2], latest))) {
        return false;
    }
    const size_t found = text.rfind(a[1].as_text(), latest);
    out = Value::int64(found == std::string_view::npos ? -1 : place_of(text, found));
    return true;
}

bool substring(Call& call, Arguments a, Value& out) {
    const std::string_view text = a[0].as_text();
    size_t begin = 0;
    size_t end = text.size();
    if (!read(call, a) || !find_place(call, text, a[1], begin) ||
        (a.size() == 3 && !find_place(call, text, a[2], end))) {
        return false;
    }
    if (begin > end) {
        return call.fail("a part of a text cannot begin at {} and end at {}", a[1], a[2]);
    }
    out = Value::string(text.substr(begin, end - begin));
    return true;
}

template <char From, char To>
bool change_case(Call& call, Arguments a, Value& out) {
    if (!read(call, a) || !call.may_make(a[0].raw_size())) {
        return false;
    }
    std::string text(a[0].as_text());
    for (char& c : text) {
        c = c >= From && c < From + 26 ? static_cast<char>(c - From + To) : c;
    }
    return call.give(text, out);
}

// With `limit` below zero: all of them.
bool replaced(Call& call, Arguments a, int64_t limit, Value& out) {
    const std::string_view text = a[0].as_text();
    const std::string_view part = a[1].as_text();
    const std::string_view with = a[2].as_text();
    if (!search(call, a)) {
        return false;
    }
    std::string made;
    size_t at = 0;
    for (int64_t done = 0; done != limit; ++done) {
        const size_t found = text.find(part, at);
        if (found == std::string_view::npos) {
            break;
        }
        made.append(text.substr(at, found - at)).append(with);
        at = found + part.size();
        if (part.empty()) {  // between all characters, and at both ends
            if (at >= text.size()) {
                at = text.size();
                break;
            }
            const size_t character = at;
            utf8::next(text, at);
            made.append(text.substr(character, at - character));
        }
        if (!call.spend(1) || !call.may_make(made.size())) {
            return false;
        }
    }
    made.append(text.substr(at));
    return call.give(made, out);
}

bool replace_all(Call& call, Arguments a, Value& out) {
    return replaced(call, a, -1, out);
}

bool replace_some(Call& call, Arguments a, Value& out) {
    return replaced(call, a, a[3].as_int64(), out);
}

// Parts of the text itself: no text is copied.
bool split_parts(Call& call, Arguments a, int64_t limit, Value& out) {
    std::string_view rest = a[0].as_text();
    const std::string_view separator = a[1].as_text();
    if (!search(call, a)) {
        return false;
    }
    std::vector<Value> parts;
    const auto wanted_more = [&] { return limit < 0 || static_cast<int64_t>(parts.size()) + 1 < limit; };
    while (limit != 0 && wanted_more()) {
        size_t end = rest.find(separator);
        if (separator.empty()) {
            end = 0;
            if (!rest.empty()) {
                utf8::next(rest, end);
            }
            end = end >= rest.size() ? std::string_view::npos : end;
        }
        if (end == std::string_view::npos) {
            break;
        }
        parts.push_back(Value::string(rest.substr(0, end)));
        rest.remove_prefix(end + separator.size());
        if (!call.may_hold(parts.size() + 1)) {
            return false;
        }
    }
    if (limit != 0 && !(separator.empty() && rest.empty())) {
        parts.push_back(Value::string(rest));
    }
    if (!call.may_make(parts.size() * sizeof(Value)) || !call.spend(parts.size())) {
        return false;
    }
    Value* kept = call.arena().values(parts.size());
    std::copy(parts.begin(), parts.end(), kept);
    out = Value::list({kept, parts.size()});
    return true;
}

bool split_all(Call& call, Arguments a, Value& out) {
    return split_parts(call, a, -1, out);
}

bool split_some(Call& call, Arguments a, Value& out) {
    return split_parts(call, a, a[2].as_int64(), out);
}

bool join(Call& call, Arguments a, Value& out) {
    const std::string_view separator = a.size() == 2 ? a[1].as_text() : std::string_view();
    std::string made;
    bool first = true;
    for (const Value& element : a[0].as_list()) {
        if (!element.is(Kind::string)) {
            return call.fail("join() takes a list of texts, but here is {}", element);
        }
        made.append(first ? std::string_view() : separator).append(element.as_text());
        first = false;
        if (!call.spend(1) || !call.may_make(made.size())) {
            return false;
        }
    }
    return call.give(made, out);
}

// Unicode's White_Space.
bool is_blank(char32_t c) {
    static constexpr std::array<char32_t, 9> kBlanks = {0x20,   0x85,   0xA0,   0x1680, 0x2028,
                                                        0x2029, 0x202F, 0x205F, 0x3000};
    return (c >= 0x09 && c <= 0x0D) || (c >= 0x2000 && c <= 0x200A) ||
           std::find(kBlanks.begin(), kBlanks.end(), c) != kBlanks.end();
}

bool trim(Call& call, Arguments a, Value& out) {
    const std::string_view text = a[0].as_text();
    size_t begin = std::string_view::npos;
    size_t end = 0;
    for (size_t at = 0; at < text.size();) {
        const size_t here = at;
        if (!is_blank(utf8::next(text, at))) {
            begin = std::min(begin, here);
            end = at;
        }
    }
    out = Value::string(end == 0 ? std::string_view() : text.substr(begin, end - begin));
    return read(call, a);
}

bool quote(Call& call, Arguments a, Value& out) {
    static constexpr std::string_view kEscaped = "\a\b\f\n\r\t\v\\\"";
    static constexpr std::string_view kLetters = "abfnrtv\\\"";
    if (!read(call, a) || !call.may_make(uint64_t{a[0].raw_size()} * 2 + 2)) {
        return false;
    }
    std::string made = "\"";
    for (const char c : a[0].as_text()) {
        const size_t at = kEscaped.find(c);
        if (at == std::string_view::npos) {
            made.push_back(c);
        } else {
            made.append({'\\', kLetters[at]});
        }
    }
    return call.give(made + "\"", out);
}

bool reverse(Call& call, Arguments a, Value& out) {
    const std::string_view text = a[0].as_text();
    if (!read(call, a) || !call.may_make(text.size())) {
        return false;
    }
    std::string made;
    for (size_t end = text.size(); end > 0;) {
        size_t begin = end - 1;
        while (begin > 0 && (static_cast<unsigned char>(text[begin]) & 0xC0) == 0x80) {
            --begin;
        }
        made.append(text.substr(begin, end - begin));
        end = begin;
    }
    return call.give(made, out);
}

constexpr Entry kEntries[] = {
    {"string.charAt(int) -> string", char_at},
    {"string.indexOf(string) -> int", index_of, false},
    {"string.indexOf(string, int) -> int", index_of},
    {"string.lastIndexOf(string) -> int", last_index_of, false},
    {"string.lastIndexOf(string, int) -> int", last_index_of},
    {"string.substring(int) -> string", substring},
    {"string.substring(int, int) -> string", substring},
    {"string.lowerAscii() -> string", change_case<'A', 'a'>, false},
    {"string.upperAscii() -> string", change_case<'a', 'A'>, false},
    {"string.replace(string, string) -> string", replace_all, false},
    {"string.replace(string, string, int) -> string", replace_some, false},
    {"string.split(string) -> list(string)", split_all, false},
    {"string.split(string, int) -> list(string)", split_some, false},
    {"list(string).join() -> string", join},
    {"list(string).join(string) -> string", join},
    {"string.trim() -> string", trim, false},
    {"string.reverse() -> string", reverse, false},
    {"strings.quote(string) -> string", quote, false},
};

}  // namespace

std::span<const Entry> string_extension() {
    return kEntries;
}

}  // namespace countersign::rules

// string.format(list): the strings extension of cel-go. %s %d %f %e %b %o %x %X %%, with a precision for %f and %e.

#include <algorithm>
#include <charconv>
#include <cmath>

#include "core/base/concat.h"
#include "core/rules/library.h"
#include "core/rules/text.h"

namespace countersign::rules {

namespace {

using Arguments = std::span<const Value>;

constexpr int kDefaultPrecision = 6;
constexpr int kMaxPrecision = 1000;

// What %s makes of a value; false, with the failure set, for what has no text.
bool append_text(Call& call, std::string& out, const Value& value);

bool append_list(Call& call, std::string& out, std::span<const Value> list) {
    out += '[';
    for (size_t i = 0; i < list.size(); ++i) {
        out += i == 0 ? "" : ", ";
        if (!append_text(call, out, list[i])) {
            return false;
        }
    }
    out += ']';
    return true;
}

// In the order of the keys' texts, as the suite wants it.
bool append_map(Call& call, std::string& out, std::span<const MapEntry> map) {
    std::vector<std::pair<std::string, const Value*>> entries;
    for (const MapEntry& entry : map) {
        entries.emplace_back(string_of(entry.key).value_or(""), &entry.value);
    }
    std::stable_sort(entries.begin(), entries.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    out += '{';
    for (size_t i = 0; i < entries.size(); ++i) {
        out += concat(i == 0 ? "" : ", ", entries[i].first, ": ");
        if (!append_text(call, out, *entries[i].second)) {
            return false;
        }
    }
    out += '}';
    return true;
}

bool append_text(Call& call, std::string& out, const Value& value) {
    switch (value.kind()) {
        case Kind::null_type: out += "null"; break;
        case Kind::bytes:
        case Kind::type: out += value.as_text(); break;
        case Kind::list: return append_list(call, out, value.as_list());
        case Kind::map: return append_map(call, out, value.as_map());
        default: {
            const std::optional<std::string> text = string_of(value);
            if (!text) {
                return call.fail("%s has no text for {}", Value::type(kind_name(value.kind())));
            }
            out += *text;
        }
    }
    return call.spend(1) && call.may_make(out.size());
}

bool wrong_kind(Call& call, const char* message, const Value& value) {
    return call.fail(message, Value::type(kind_name(value.kind())));
}

bool append_decimal(Call& call, std::string& out, const Value& value) {
    if (!is_number(value.kind())) {
        return wrong_kind(call, "%d takes a number, not {}", value);
    }
    out += string_of(value).value_or("");
    return true;
}

bool append_double(Call& call, std::string& out, const Value& value, int precision, std::chars_format form) {
    if (!is_number(value.kind())) {
        return wrong_kind(call, "%f and %e take a number, not {}", value);
    }
    const double number = value.is(Kind::float64) ? value.as_float64()
                          : value.is(Kind::int64) ? static_cast<double>(value.as_int64())
                                                  : static_cast<double>(value.as_uint64());
    if (!std::isfinite(number)) {
        out += double_text(number);
        return true;
    }
    char digits[kMaxPrecision + 400];  // the largest double has 309 digits before its point
    const auto [end, problem] = std::to_chars(digits, digits + sizeof digits, number, form, precision);
    static_cast<void>(problem);
    out.append(digits, end);
    return true;
}

std::string in_base(uint64_t number, int base) {
    char digits[65];
    const auto [end, problem] = std::to_chars(digits, digits + sizeof digits, number, base);
    static_cast<void>(problem);
    return std::string(digits, end);
}

std::string in_base(const Value& value, int base) {
    if (value.is(Kind::uint64)) {
        return in_base(value.as_uint64(), base);
    }
    const int64_t number = value.as_int64();
    return number < 0 ? "-" + in_base(0 - static_cast<uint64_t>(number), base)
                      : in_base(static_cast<uint64_t>(number), base);
}

bool append_binary(Call& call, std::string& out, const Value& value) {
    if (value.is(Kind::boolean)) {
        out += value.as_boolean() ? '1' : '0';
        return true;
    }
    if (!value.is(Kind::int64) && !value.is(Kind::uint64)) {
        return wrong_kind(call, "%b takes an int, uint or bool, not {}", value);
    }
    out += in_base(value, 2);
    return true;
}

bool append_octal(Call& call, std::string& out, const Value& value) {
    if (!value.is(Kind::int64) && !value.is(Kind::uint64)) {
        return wrong_kind(call, "%o takes an int or uint, not {}", value);
    }
    out += in_base(value, 8);
    return true;
}

bool append_hex(Call& call, std::string& out, const Value& value, bool upper) {
    std::string made;
    if (value.is(Kind::int64) || value.is(Kind::uint64)) {
        made = in_base(value, 16);
    } else if (value.is(Kind::string) || value.is(Kind::bytes)) {
        for (const char c : value.as_text()) {
            const auto byte = static_cast<unsigned char>(c);
            made += concat(byte < 16 ? "0" : "", in_base(byte, 16));
        }
    } else {
        return wrong_kind(call, "%x takes an int, uint, string or bytes, not {}", value);
    }
    for (char& c : made) {
        c = upper && c >= 'a' && c <= 'f' ? static_cast<char>(c - 'a' + 'A') : c;
    }
    out += made;
    return call.spend(made.size() / 16) && call.may_make(out.size());
}

// One clause behind its %: the letter, and the digits of a precision before it.
struct Clause {
    char letter = '\0';
    int precision = kDefaultPrecision;
    bool has_precision = false;
};

bool read_clause(Call& call, std::string_view text, size_t& at, Clause& clause) {
    if (at < text.size() && text[at] == '.') {
        clause.has_precision = true;
        const auto [end, problem] = std::from_chars(text.data() + at + 1, text.data() + text.size(), clause.precision);
        if (problem != std::errc() || clause.precision < 0 || clause.precision > kMaxPrecision) {
            return call.fail("a precision is written %.3f, with at most 1000 digits");
        }
        at = static_cast<size_t>(end - text.data());
    }
    if (at == text.size()) {
        return call.fail("the format ends behind %; a percent sign is written %%");
    }
    clause.letter = text[at++];
    const bool known = std::string_view("sdfeboxX").find(clause.letter) != std::string_view::npos;
    const bool fits = !clause.has_precision || clause.letter == 'f' || clause.letter == 'e';
    return (known && fits) || call.fail("unknown clause %{} in the format; known are %s %d %f %e %b %o %x %X %%",
                                        Value::type(text.substr(at - 1, 1)));
}

bool append_clause(Call& call, std::string& out, const Clause& clause, const Value& value) {
    switch (clause.letter) {
        case 's': return append_text(call, out, value);
        case 'd': return append_decimal(call, out, value);
        case 'f': return append_double(call, out, value, clause.precision, std::chars_format::fixed);
        case 'e': return append_double(call, out, value, clause.precision, std::chars_format::scientific);
        case 'b': return append_binary(call, out, value);
        case 'o': return append_octal(call, out, value);
        default: return append_hex(call, out, value, clause.letter == 'X');
    }
}

bool format(Call& call, Arguments a, Value& out) {
    const std::string_view text = a[0].as_text();
    const std::span<const Value> values = a[1].as_list();
    std::string made;
    size_t used = 0;
    for (size_t at = 0; at < text.size();) {
        if (text[at] != '%') {
            made += text[at++];
            continue;
        }
        ++at;
        if (at < text.size() && text[at] == '%') {
            made += '%';
            ++at;
            continue;
        }
        Clause clause;
        if (!read_clause(call, text, at, clause)) {
            return false;
        }
        if (used == values.size()) {
            return call.fail("the format has more clauses than the {} values",
                             Value::int64(static_cast<int64_t>(values.size())));
        }
        if (!append_clause(call, made, clause, values[used++]) || !call.may_make(made.size()) || !call.spend(1)) {
            return false;
        }
    }
    return call.give(made, out);
}

constexpr Entry kEntries[] = {
    {"string.format(list(A)) -> string", format},
};

}  // namespace

std::span<const Entry> format_extension() {
    return kEntries;
}

}  // namespace countersign::rules

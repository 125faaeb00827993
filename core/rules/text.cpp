#include "core/rules/text.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdlib>

#include "core/base/concat.h"
#include "core/base/instant.h"
#include "core/base/utf8.h"
#include "core/rules/compare.h"
#include "core/rules/type.h"

namespace countersign::rules {

namespace {

constexpr size_t kShown_characters = 80;
constexpr size_t kShown_elements = 5;
constexpr int64_t kNanosPerSecond = 1'000'000'000;

std::string padded(uint64_t number, size_t width) {
    std::string digits = concat(number);
    return digits.size() < width ? std::string(width - digits.size(), '0') + digits : digits;
}

// ".5", ".000000001" or nothing.
std::string fraction_text(uint64_t nanos) {
    if (nanos == 0) {
        return {};
    }
    std::string digits = "." + padded(nanos, 9);
    digits.erase(digits.find_last_not_of('0') + 1);
    return digits;
}

// ECMA-262, Number::toString, steps 6 to 10: `digits` are the k significant digits, the value is 0.digits * 10^n.
std::string layout(std::string digits, int n) {
    const int k = static_cast<int>(digits.size());
    if (k <= n && n <= 21) {
        return digits + std::string(static_cast<size_t>(n - k), '0');
    }
    if (0 < n && n <= 21) {
        return digits.insert(static_cast<size_t>(n), ".");
    }
    if (-6 < n && n <= 0) {
        return "0." + std::string(static_cast<size_t>(-n), '0') + digits;
    }
    const int e = n - 1;
    if (k > 1) {
        digits.insert(1, ".");
    }
    return concat(digits, e < 0 ? "e-" : "e+", std::abs(e));
}

std::string shown_text(std::string_view text) {
    std::string out = "'";
    for (const char c : utf8::shortened(text, kShown_characters)) {
        if (c == '\'' || c == '\\') {
            out += '\\';
        }
        out += c == '\n' || c == '\r' || c == '\t' ? ' ' : c;
    }
    return out + "'";
}

std::string shown_list(std::span<const Value> list) {
    std::string out = "[";
    for (size_t i = 0; i < std::min(list.size(), kShown_elements); ++i) {
        out += concat(i == 0 ? "" : ", ", shown(list[i]));
    }
    return out + (list.size() > kShown_elements ? concat(", ... ", list.size(), " in all]") : "]");
}

std::string shown_map(std::span<const MapEntry> map) {
    std::string out = "{";
    for (size_t i = 0; i < std::min(map.size(), kShown_elements); ++i) {
        out += concat(i == 0 ? "" : ", ", shown(map[i].key), ": ", shown(map[i].value));
    }
    return out + (map.size() > kShown_elements ? concat(", ... ", map.size(), " in all}") : "}");
}

std::string shown_record(const Record& record) {
    std::string out = record.type->name + "{";
    for (size_t i = 0; i < std::min(record.type->fields.size(), kShown_elements); ++i) {
        out += concat(i == 0 ? "" : ", ", record.type->fields[i].name, ": ", shown(record.fields[i]));
    }
    return out + (record.type->fields.size() > kShown_elements ? ", ...}" : "}");
}

}  // namespace

std::string double_text(double value) {
    if (std::isnan(value)) {
        return "NaN";
    }
    if (std::isinf(value)) {
        return value < 0 ? "-Infinity" : "Infinity";
    }
    if (value == 0) {
        return std::signbit(value) ? "-0" : "0";
    }
    char buffer[40];
    const auto [end, problem] =
        std::to_chars(buffer, buffer + sizeof buffer, std::abs(value), std::chars_format::scientific);
    static_cast<void>(problem);  // 40 characters hold any double
    const std::string_view scientific(buffer, static_cast<size_t>(end - buffer));
    const size_t e = scientific.find('e');
    std::string digits(scientific.substr(0, e));
    digits.erase(std::remove(digits.begin(), digits.end(), '.'), digits.end());
    int exponent = 0;
    std::from_chars(buffer + e + (buffer[e + 1] == '+' ? 2 : 1), end, exponent);
    return concat(value < 0 ? "-" : "", layout(std::move(digits), exponent + 1));
}

std::optional<double> read_double(std::string_view text) {
    if (text == "NaN") {
        return std::nan("");
    }
    if (text == "Infinity" || text == "+Infinity") {
        return HUGE_VAL;
    }
    if (text == "-Infinity") {
        return -HUGE_VAL;
    }
    // strtod also takes blanks, hexadecimal and names, so the grammar is held against it first.
    size_t at = !text.empty() && (text[0] == '-' || text[0] == '+') ? 1 : 0;
    const auto digits = [&] {
        const size_t begin = at;
        while (at < text.size() && text[at] >= '0' && text[at] <= '9') {
            ++at;
        }
        return at - begin;
    };
    size_t mantissa = digits();
    if (at < text.size() && text[at] == '.') {
        ++at;
        mantissa += digits();
    }
    bool good = mantissa > 0;
    if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
        ++at;
        at += at < text.size() && (text[at] == '-' || text[at] == '+') ? 1 : 0;
        good = good && digits() > 0;
    }
    if (!good || at != text.size()) {
        return std::nullopt;
    }
    return std::strtod(std::string(text).c_str(), nullptr);
}

std::string timestamp_text(Timestamp t) {
    constexpr int64_t kDay_s = 86'400;
    const int64_t day = t.seconds >= 0 ? t.seconds / kDay_s : -((-t.seconds + kDay_s - 1) / kDay_s);
    const auto second = static_cast<uint64_t>(t.seconds - day * kDay_s);
    const CivilDate date = civil_from_days(day);
    return concat(padded(static_cast<uint64_t>(date.year), 4), "-", padded(date.month, 2), "-", padded(date.day, 2),
                  "T", padded(second / 3600, 2), ":", padded(second / 60 % 60, 2), ":", padded(second % 60, 2),
                  fraction_text(t.nanos), "Z");
}

std::string duration_text(int64_t nanos) {
    const uint64_t size = nanos < 0 ? 0 - static_cast<uint64_t>(nanos) : static_cast<uint64_t>(nanos);
    return concat(nanos < 0 ? "-" : "", size / kNanosPerSecond, fraction_text(size % kNanosPerSecond), "s");
}

std::optional<std::string> string_of(const Value& value) {
    switch (value.kind()) {
        case Kind::boolean: return value.as_boolean() ? "true" : "false";
        case Kind::int64: return concat(value.as_int64());
        case Kind::uint64: return concat(value.as_uint64());
        case Kind::float64: return double_text(value.as_float64());
        case Kind::string: return std::string(value.as_text());
        case Kind::timestamp: return timestamp_text(value.as_timestamp());
        case Kind::duration: return duration_text(value.as_duration());
        default: return std::nullopt;
    }
}

std::string shown(const Value& value) {
    switch (value.kind()) {
        case Kind::unset: return "not set";
        case Kind::null_type: return "null";
        case Kind::uint64: return concat(value.as_uint64(), "u");
        case Kind::string: return shown_text(value.as_text());
        case Kind::bytes: return concat("bytes of length ", value.raw_size());
        case Kind::list: return shown_list(value.as_list());
        case Kind::map: return shown_map(value.as_map());
        case Kind::type: return std::string(value.as_text());
        case Kind::record: return shown_record(*value.as_record());
        case Kind::optional: {
            const Value* inner = value.as_optional();
            return inner == nullptr ? "optional.none()" : concat("optional.of(", shown(*inner), ")");
        }
        default: return string_of(value).value_or("?");
    }
}

}  // namespace countersign::rules

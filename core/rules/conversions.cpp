// size, type, dyn and the conversions between types: cel-spec, doc/langdef.md, "List of Standard Definitions".

#include <array>
#include <charconv>
#include <cmath>

#include "core/base/utf8.h"
#include "core/rules/library.h"
#include "core/rules/text.h"
#include "core/rules/times.h"

namespace countersign::rules {

namespace {

using Arguments = std::span<const Value>;

constexpr const char* kRange = "{} does not fit {}";

bool same(Call&, Arguments a, Value& out) {
    out = a[0];
    return true;
}

bool type_of(Call&, Arguments a, Value& out) {
    out = Value::type(type_name(a[0]));
    return true;
}

bool characters(Call& call, Arguments a, Value& out) {
    out = Value::int64(static_cast<int64_t>(utf8::length(a[0].as_text())));
    return call.spend(a[0].raw_size() / 16);
}

bool elements(Call&, Arguments a, Value& out) {
    out = Value::int64(a[0].raw_size());
    return true;
}

bool int_of_uint(Call& call, Arguments a, Value& out) {
    const uint64_t v = a[0].as_uint64();
    out = Value::int64(static_cast<int64_t>(v));
    return v <= static_cast<uint64_t>(INT64_MAX) || call.fail(kRange, a[0], Value::type("int"));
}

// Source: the conformance suite: the largest and the smallest int as doubles are out of range, too.
bool int_of_double(Call& call, Arguments a, Value& out) {
    constexpr double kTwo63 = 9223372036854775808.0;
    const double v = a[0].as_float64();
    if (!(v > -kTwo63 && v < kTwo63)) {
        return call.fail(kRange, a[0], Value::type("int"));
    }
    out = Value::int64(static_cast<int64_t>(v));
    return true;
}

template <class Number>
bool parse_number(std::string_view text, Number& number) {
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
    return problem == std::errc() && end == text.data() + text.size() && !text.empty();
}

bool int_of_string(Call& call, Arguments a, Value& out) {
    int64_t v = 0;
    std::string_view text = a[0].as_text();
    text.remove_prefix(text.size() > 1 && text[0] == '+' && text[1] != '-' ? 1 : 0);
    if (!parse_number(text, v)) {
        return call.fail("{} is no int", a[0]);
    }
    out = Value::int64(v);
    return true;
}

bool int_of_timestamp(Call&, Arguments a, Value& out) {
    out = Value::int64(a[0].as_timestamp().seconds);
    return true;
}

bool uint_of_int(Call& call, Arguments a, Value& out) {
    out = Value::uint64(static_cast<uint64_t>(a[0].as_int64()));
    return a[0].as_int64() >= 0 || call.fail(kRange, a[0], Value::type("uint"));
}

bool uint_of_double(Call& call, Arguments a, Value& out) {
    constexpr double kTwo64 = 18446744073709551616.0;
    const double v = a[0].as_float64();
    if (!(v > -1.0 && v < kTwo64)) {
        return call.fail(kRange, a[0], Value::type("uint"));
    }
    out = Value::uint64(v < 0 ? 0 : static_cast<uint64_t>(v));
    return true;
}

bool uint_of_string(Call& call, Arguments a, Value& out) {
    uint64_t v = 0;
    if (!parse_number(a[0].as_text(), v)) {
        return call.fail("{} is no uint", a[0]);
    }
    out = Value::uint64(v);
    return true;
}

bool double_of_int(Call&, Arguments a, Value& out) {
    out = Value::float64(static_cast<double>(a[0].as_int64()));
    return true;
}

bool double_of_uint(Call&, Arguments a, Value& out) {
    out = Value::float64(static_cast<double>(a[0].as_uint64()));
    return true;
}

bool double_of_string(Call& call, Arguments a, Value& out) {
    const std::optional<double> v = read_double(a[0].as_text());
    out = Value::float64(v.value_or(0));
    return v.has_value() || call.fail("{} is no double", a[0]);
}

bool bool_of_string(Call& call, Arguments a, Value& out) {
    static constexpr std::array<std::string_view, 5> kTrue = {"1", "t", "true", "TRUE", "True"};
    static constexpr std::array<std::string_view, 5> kFalse = {"0", "f", "false", "FALSE", "False"};
    const std::string_view text = a[0].as_text();
    const bool yes = std::find(kTrue.begin(), kTrue.end(), text) != kTrue.end();
    const bool no = std::find(kFalse.begin(), kFalse.end(), text) != kFalse.end();
    out = Value::boolean(yes);
    return yes || no || call.fail("{} is no bool; allowed are 'true' and 'false'", a[0]);
}

bool string_of_any(Call& call, Arguments a, Value& out) {
    return call.give(string_of(a[0]).value_or(""), out);
}

bool string_of_bytes(Call& call, Arguments a, Value& out) {
    out = Value::string(a[0].as_text());
    return utf8::first_invalid(a[0].as_text()) == utf8::kValid || call.fail("these bytes are no valid UTF-8");
}

bool bytes_of_string(Call&, Arguments a, Value& out) {
    out = Value::bytes(a[0].as_text());
    return true;
}

bool timestamp_of_int(Call& call, Arguments a, Value& out) {
    const Timestamp t{a[0].as_int64(), 0};
    out = Value::timestamp(t);
    return in_range(t) || call.fail("{} seconds lie outside of the years 1 to 9999", a[0]);
}

bool timestamp_of_string(Call& call, Arguments a, Value& out) {
    const std::optional<Timestamp> t = read_timestamp(a[0].as_text());
    out = Value::timestamp(t.value_or(Timestamp{}));
    return t.has_value() ||
           call.fail("{} is no timestamp of the years 1 to 9999; write it like '2026-01-31T08:30:00Z'", a[0]);
}

bool duration_of_string(Call& call, Arguments a, Value& out) {
    const std::optional<int64_t> nanos = read_duration(a[0].as_text());
    out = Value::duration(nanos.value_or(0));
    return nanos.has_value() ||
           call.fail("{} is no duration of at most 292 years; write it like '90m', '1h30m' or '1.5s'", a[0]);
}

constexpr Entry kEntries[] = {
    {"size(string) -> int", characters},
    {"size(bytes) -> int", elements, false},
    {"size(list(A)) -> int", elements, false},
    {"size(map(A, B)) -> int", elements, false},
    {"string.size() -> int", characters},
    {"bytes.size() -> int", elements, false},
    {"list(A).size() -> int", elements, false},
    {"map(A, B).size() -> int", elements, false},
    {"type(A) -> type", type_of, false},
    {"dyn(A) -> dyn", same, false},
    {"bool(bool) -> bool", same, false},
    {"bool(string) -> bool", bool_of_string},
    {"int(int) -> int", same, false},
    {"int(uint) -> int", int_of_uint},
    {"int(double) -> int", int_of_double},
    {"int(string) -> int", int_of_string},
    {"int(timestamp) -> int", int_of_timestamp, false},
    {"uint(uint) -> uint", same, false},
    {"uint(int) -> uint", uint_of_int},
    {"uint(double) -> uint", uint_of_double},
    {"uint(string) -> uint", uint_of_string},
    {"double(double) -> double", same, false},
    {"double(int) -> double", double_of_int, false},
    {"double(uint) -> double", double_of_uint, false},
    {"double(string) -> double", double_of_string},
    {"string(string) -> string", same, false},
    {"string(bool) -> string", string_of_any, false},
    {"string(int) -> string", string_of_any, false},
    {"string(uint) -> string", string_of_any, false},
    {"string(double) -> string", string_of_any, false},
    {"string(bytes) -> string", string_of_bytes},
    {"string(timestamp) -> string", string_of_any, false},
    {"string(duration) -> string", string_of_any, false},
    {"bytes(bytes) -> bytes", same, false},
    {"bytes(string) -> bytes", bytes_of_string, false},
    {"timestamp(timestamp) -> timestamp", same, false},
    {"timestamp(int) -> timestamp", timestamp_of_int},
    {"timestamp(string) -> timestamp", timestamp_of_string},
    {"duration(duration) -> duration", same, false},
    {"duration(string) -> duration", duration_of_string},
};

}  // namespace

std::span<const Entry> conversion_functions() {
    return kEntries;
}

}  // namespace countersign::rules

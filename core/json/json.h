#pragma once
// A JSON value as read from outside, and the one reader for everything that comes from outside.
//
// Contract of parse_json: strict RFC 8259 in valid UTF-8; no duplicate names in an object, no NUL in any string,
// integers within 64 bits; depth and sizes bounded by JsonLimits. Members keep their order. A number with a fraction or
// an exponent keeps its text, so that decimals can be read exactly (core/base/ppm.h). A Json owns everything in it; it
// is a plain value without shared state.
// Errors: invalid_argument, or exhausted for a limit, with field "line L, column C": where reading stopped, at or right
// behind what is wrong, counted from 1, columns in code points.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "core/base/result.h"

namespace countersign {

class Json;
using JsonArray = std::vector<Json>;
using JsonMember = std::pair<std::string, Json>;
using JsonObject = std::vector<JsonMember>;

struct JsonNumber {
    double value = 0;
    std::string text;  // as it was written
};

class Json {
public:
    Json() = default;

    explicit Json(bool value) : value_(value) {}

    explicit Json(int64_t value) : value_(value) {}

    explicit Json(JsonNumber value) : value_(std::move(value)) {}

    explicit Json(std::string value) : value_(std::move(value)) {}

    explicit Json(JsonArray value) : value_(std::move(value)) {}

    explicit Json(JsonObject value) : value_(std::move(value)) {}

    bool is_null() const { return std::holds_alternative<std::monostate>(value_); }

    // Each gives nullptr when the value has another type.
    const bool* boolean() const { return std::get_if<bool>(&value_); }

    const int64_t* integer() const { return std::get_if<int64_t>(&value_); }

    const JsonNumber* number() const { return std::get_if<JsonNumber>(&value_); }

    const std::string* string() const { return std::get_if<std::string>(&value_); }

    const JsonArray* array() const { return std::get_if<JsonArray>(&value_); }

    const JsonObject* object() const { return std::get_if<JsonObject>(&value_); }

    JsonArray* array() { return std::get_if<JsonArray>(&value_); }

    JsonObject* object() { return std::get_if<JsonObject>(&value_); }

    // The member of an object, or nullptr: also when this is no object.
    const Json* find(std::string_view name) const;
    // The member of the member at "a.b.c", or nullptr; the value itself at "".
    const Json* at_path(std::string_view path) const;
    // The text of a member; empty when it is not there or no text.
    std::string text_of(std::string_view name) const;

    // "null", "true or false", "a whole number", "a number", "text", "a list", "an object": for error messages.
    std::string_view type_name() const;

private:
    std::variant<std::monostate, bool, int64_t, JsonNumber, std::string, JsonArray, JsonObject> value_;
};

struct JsonLimits {
    uint32_t depth = 64;
    uint32_t members = 10'000;  // of one object or list
    size_t name_bytes = 256;
    size_t string_bytes = 1 << 20;
    size_t total_bytes = 4 << 20;
    // For files of others (a public conformance suite): U+0000 in texts, and whole numbers beyond 64 bits, which are
    // then kept as numbers with their text. Never for what becomes an item, a decision or an event.
    bool allow_nul = false;
    bool allow_wide_integers = false;
};

Result<Json> parse_json(std::string_view text, const JsonLimits& limits = {});
// A line of JSON Lines: whoever reads it knows its number, so errors name the column only.
Result<Json> parse_json_line(std::string_view line, const JsonLimits& limits = {});

// Compact text of a value; members in their order, numbers as they were written.
std::string to_text(const Json& value);

}  // namespace countersign

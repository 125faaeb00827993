#pragma once
// JSON in, values out; and back.
//
// By type: "int" takes a whole number, "double" any number, "timestamp" RFC 3339 text, "duration" text like "90m",
// "bytes" base64; lists, maps with text keys, and records member by member. For dyn: numbers become double, as the CEL
// specification says, so that a rule does not change its meaning with whether a price happens to be whole; whole
// numbers beyond 2^53 become int, so that they keep their digits.

#include <string>

#include "core/base/result.h"
#include "core/json/json.h"
#include "core/rules/arena.h"
#include "core/rules/type.h"

namespace countersign::rules {

// What becomes of an object's members that its record type does not declare.
enum class Undeclared : uint8_t { refused, ignored };

// `path` is what errors name.
Result<Value> value_of_json(const Json& json, const Type& type, Arena& arena, std::string_view path,
                            Undeclared undeclared = Undeclared::refused);
Value value_of_json(const Json& json, Arena& arena);

// Compact JSON; map entries in the order of their keys. What JSON has no form for is written as text: bytes in base64,
// timestamps in RFC 3339, NaN and the infinities by name.
std::string json_of(const Value& value);

}  // namespace countersign::rules

#pragma once
// Equality and order of CEL values, as the language defines them: numbers compare by their value across int, uint and
// double; lists and maps by their content; values of different kinds are unequal, never an error.
//
// Source: cel-spec, doc/langdef.md, "Equality" and "Ordering". An int or uint beside a double is compared as a double
// once it is known to lie in the other's range, as the conformance suite demands.

#include <cstdint>

#include "core/rules/value.h"

namespace countersign::rules {

enum class Order : uint8_t {
    less,
    equal,
    greater,
    unordered,     // a NaN is involved
    incomparable,  // not two values of one ordered kind
};

Order order(const Value& a, const Value& b);

// `work` grows with what had to be looked at: one per value, one more per sixteen bytes of text.
bool equal(const Value& a, const Value& b, uint64_t& work);

// The one order of map keys: false, true, numbers by value, strings by bytes. Negative, zero or positive.
int compare_keys(const Value& a, const Value& b);
bool is_key(const Value& value);

// The value under `key`, or nullptr. A double finds an int or uint key of the same value.
const Value* find_key(std::span<const MapEntry> map, const Value& key);
const Value* find_key(std::span<const MapEntry> map, std::string_view key);

}  // namespace countersign::rules

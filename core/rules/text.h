#pragma once
// Values as text: what string(x) gives, and what people see in explanations and errors. The same bytes on every
// machine.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/rules/value.h"

namespace countersign::rules {

// The shortest decimal that reads back as the same double, laid out as ECMAScript does: 0.1, 1000000, 1e+21; NaN,
// Infinity, -Infinity. Source: ECMA-262, Number::toString; RFC 8785, 3.2.2.3.
std::string double_text(double value);
// Reads what double_text writes, and any decimal with an optional exponent.
std::optional<double> read_double(std::string_view text);

// "2009-02-13T23:31:30Z", with three, six or nine digits of fraction less their trailing zeros.
std::string timestamp_text(Timestamp t);
// "6347s", "1.5s", "-0.000000001s".
std::string duration_text(int64_t nanos);

// What string(x) gives: texts as they are. Empty for what string() does not take.
std::optional<std::string> string_of(const Value& value);

// For people: texts in quotation marks, shortened to 80 characters; lists and maps to their first elements.
std::string shown(const Value& value);

}  // namespace countersign::rules

#pragma once
// Timestamps and durations in rules: reading them, and their limits.
//
// Source: cel-spec, doc/langdef.md (google.protobuf.Timestamp and Duration); the range of durations is that of 64-bit
// nanoseconds, as in cel-go.

#include <cstdint>
#include <optional>
#include <string_view>

#include "core/rules/value.h"

namespace countersign::rules {

// Years 1 to 9999.
bool in_range(Timestamp t);

// RFC 3339 with up to nine digits of fraction.
std::optional<Timestamp> read_timestamp(std::string_view text);
// "90m", "1h30m", "-1.5s", "10ms"; units h, m, s, ms, us, ns.
std::optional<int64_t> read_duration(std::string_view text);

// Nothing when the result is out of range.
std::optional<Timestamp> later(Timestamp t, int64_t nanos);
std::optional<int64_t> difference(Timestamp a, Timestamp b);

}  // namespace countersign::rules

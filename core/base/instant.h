#pragma once
// Points in time and spans of time, as integers: microseconds, UTC, no leap seconds (POSIX time).
// Core never asks a clock; `now` is always handed in.

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace countersign {

struct Duration {
    int64_t us = 0;
    auto operator<=>(const Duration&) const = default;
};

struct Instant {
    int64_t us = 0;  // since 1970-01-01T00:00:00Z; years 1 to 9999
    auto operator<=>(const Instant&) const = default;
};

inline constexpr int64_t kSecond_us = 1'000'000;
inline constexpr int64_t kMinute_us = 60 * kSecond_us;
inline constexpr int64_t kHour_us = 60 * kMinute_us;
inline constexpr int64_t kDay_us = 24 * kHour_us;

constexpr Instant operator+(Instant t, Duration d) {
    return Instant{t.us + d.us};
}

constexpr Instant operator-(Instant t, Duration d) {
    return Instant{t.us - d.us};
}

constexpr Duration operator-(Instant a, Instant b) {
    return Duration{a.us - b.us};
}

// "2026-11-23T18:36:00Z", with ".123456" when there is a fraction (RFC 3339, always UTC).
std::string to_rfc3339(Instant t);
// Reads RFC 3339 with "Z" or an offset and up to nine digits of fraction (cut to microseconds).
Result<Instant> parse_rfc3339(std::string_view text);

// "90s", "30m", "4h", "2d", or several: "1h30m". Used by policies for due times.
Result<Duration> parse_duration(std::string_view text);
std::string to_text(Duration d);

// Proleptic Gregorian calendar. Source: H. Hinnant, "chrono-Compatible Low-Level Date Algorithms", civil_from_days.
struct CivilDate {
    int32_t year = 1970;
    uint32_t month = 1;  // 1 to 12
    uint32_t day = 1;    // 1 to 31
};

int64_t days_from_civil(CivilDate date);
CivilDate civil_from_days(int64_t days_since_1970);

}  // namespace countersign

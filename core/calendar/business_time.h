#pragma once
// Arithmetic with business time: due instants, and how much working time lies between two instants.
//
// With between(a, b) for business_time_between and add(a, d) for add_business_time:
//   between(a, add(a, d)) = d;  add(add(a, d), e) = add(a, d + e);  between(a, b) + between(b, c) = between(a, c).

#include <optional>

#include "core/base/instant.h"
#include "core/calendar/calendar.h"

namespace countersign::calendar {

// Open time from a to b; negative when b is earlier. What lies behind the year 9999 does not count.
Duration business_time_between(const Calendar& calendar, Instant a, Instant b);

// The earliest instant from `start` on by which so much open time has passed: `start` itself for none, and 17:00 rather
// than the next morning where a day's hours are used up exactly. Nothing when that is behind the year 9999. `amount` is
// not negative (CS_CHECKed).
std::optional<Instant> add_business_time(const Calendar& calendar, Instant start, Duration amount);

bool is_open(const Calendar& calendar, Instant at);

// `from` when the calendar is open then, else when it opens next. Nothing behind the year 9999.
std::optional<Instant> next_opening(const Calendar& calendar, Instant from);

}  // namespace countersign::calendar

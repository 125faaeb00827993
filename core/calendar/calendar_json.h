#pragma once
// Reads a business calendar from JSON:
//
//   {"zone": "Europe/Berlin",
//    "hours": {"monday": ["09:00-12:00", "13:00-17:00"], "friday": ["22:00-06:00"]},
//    "holidays": ["2026-12-25"],
//    "special_days": {"2026-12-24": ["09:00-12:00"]}}
//
// | field        | meaning                                                                                            |
// | zone         | an IANA name, "UTC" or "+05:45"                                                                    |
// | hours        | by the day of the week, "monday" to "sunday"; a day that is not there has none. "24:00" ends a day;
// | |              | an end that is not behind its begin is on the next day | | holidays     | dates without hours; may
// be left out                                                               | | special_days | dates with hours of
// their own; may be left out                                                     |
//
// Errors: invalid_argument, with the path of the field below `path`.

#include <string>

#include "core/calendar/calendar.h"
#include "core/json/json.h"

namespace countersign::calendar {

inline constexpr size_t kMostDates = 5'000;
inline constexpr size_t kMostSpans = 24;

Result<Calendar> load_calendar(const Json& json, const std::string& path);

}  // namespace countersign::calendar

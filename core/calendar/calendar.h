#pragma once
// Business calendars: when people work, in their own local time, and arithmetic with only that time.
//
// The definition that everything follows from: at an instant the calendar is open when a wall clock in its time zone
// shows an hour that is one of that date's. So an hour that summer time skips is worked by nobody, and one that comes
// twice is worked twice. A span of hours belongs to the date on which it begins: "22:00-06:00" of a Monday ends on
// Tuesday morning, and a holiday on that Monday takes all of it.
//
// Contract: immutable once made; pure. The cost of a question is logarithmic in the list of holidays and linear in the
// changes of the zone's offset between the two instants, of which there are two a year.

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/base/instant.h"
#include "core/base/result.h"
#include "core/zones/zones.h"

namespace countersign::calendar {

// Of a date's local time, since its 00:00: 0 <= begin < 24 h, begin < end <= begin + 24 h.
struct HourSpan {
    int64_t begin_us = 0;
    int64_t end_us = 0;

    bool operator==(const HourSpan&) const = default;
};

using Hours = std::vector<HourSpan>;

struct CalendarHours {
    std::string zone = "UTC";
    std::array<Hours, 7> week = {};       // Monday first
    std::map<int64_t, Hours> dates = {};  // instead of the week's, by days since 1970; empty: a holiday
};

class Calendar {
public:
    // Open always.
    static Calendar around_the_clock();
    // invalid_argument for a zone that nobody knows ("zone") and for a week without any hours ("hours"); the ranges of
    // spans are CS_CHECKed.
    static Result<Calendar> of(const CalendarHours& hours);

    const zones::TimeZone& zone() const { return zone_; }

    // Open time, in microseconds, that a wall clock shows before `local_us`, counted from some fixed time: differences
    // say what is open.
    int64_t open_before(int64_t local_us) const;
    // The earliest local time of which open_before says so; by halving between the two, of which the first has less and
    // the second has as much or more.
    int64_t local_time_of(int64_t open_us, int64_t low_us, int64_t high_us) const;

private:
    // What is open of one date, in order, without overlaps, within its 24 hours.
    struct Day {
        Hours spans = {};
        int64_t open_us = 0;
    };

    // A date that is not as its week is, and what such dates add to what weeks would have, this one included.
    struct Exception {
        int64_t date = 0;
        Day day;
        int64_t added_us = 0;
    };

    Calendar() = default;
    const Day& day_of(int64_t date) const;
    int64_t open_before_date(int64_t date) const;

    zones::TimeZone zone_;
    std::array<Day, 7> week_;
    std::array<int64_t, 8> week_before_us_{};  // open time of the week before its days
    std::vector<Exception> exceptions_;        // by date
};

}  // namespace countersign::calendar

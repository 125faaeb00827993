#include "core/calendar/calendar.h"

#include <algorithm>
#include <set>

#include "core/base/check.h"

namespace countersign::calendar {

namespace {

// Days since 1970 are days since a Thursday.
constexpr int64_t kThursday = 3;

int64_t floor_division(int64_t a, int64_t b) {
    return a / b - (a % b < 0 ? 1 : 0);
}

size_t weekday_of(int64_t date) {
    return static_cast<size_t>(((date + kThursday) % 7 + 7) % 7);
}

// What a date has of its own hours and of those that began the day before: as a union, in order.
Hours merged(const Hours& own, const Hours& before) {
    Hours all;
    for (const HourSpan& span : own) {
        all.push_back({span.begin_us, std::min(span.end_us, kDay_us)});
    }
    for (const HourSpan& span : before) {
        if (span.end_us > kDay_us) {
            all.push_back({0, span.end_us - kDay_us});
        }
    }
    std::ranges::sort(all, {}, &HourSpan::begin_us);
    Hours out;
    for (const HourSpan& span : all) {
        if (!out.empty() && span.begin_us <= out.back().end_us) {
            out.back().end_us = std::max(out.back().end_us, span.end_us);
        } else {
            out.push_back(span);
        }
    }
    return out;
}

int64_t length_of(const Hours& spans) {
    int64_t sum = 0;
    for (const HourSpan& span : spans) {
        sum += span.end_us - span.begin_us;
    }
    return sum;
}

void check(const Hours& hours) {
    for (const HourSpan& span : hours) {
        CS_CHECK(span.begin_us >= 0 && span.begin_us < kDay_us && span.begin_us < span.end_us &&
                 span.end_us <= span.begin_us + kDay_us);
    }
}

const Hours& hours_of(const CalendarHours& hours, int64_t date) {
    const auto found = hours.dates.find(date);
    return found == hours.dates.end() ? hours.week[weekday_of(date)] : found->second;
}

}  // namespace

Calendar Calendar::around_the_clock() {
    CalendarHours hours;
    hours.week.fill({{0, kDay_us}});
    return of(hours).value();
}

Result<Calendar> Calendar::of(const CalendarHours& hours) {
    Calendar out;
    const auto zone = zones::TimeZone::named(hours.zone);
    if (!zone) {
        return fail(ErrorCode::invalid_argument, zones::unknown_zone(hours.zone), "zone");
    }
    out.zone_ = *zone;
    for (size_t day = 0; day < 7; ++day) {
        check(hours.week[day]);
        out.week_[day].spans = merged(hours.week[day], hours.week[(day + 6) % 7]);
        out.week_[day].open_us = length_of(out.week_[day].spans);
        out.week_before_us_[day + 1] = out.week_before_us_[day] + out.week_[day].open_us;
    }
    if (out.week_before_us_[7] == 0) {
        return fail(ErrorCode::invalid_argument, "no day of the week has hours, so nothing would ever be due", "hours");
    }
    // A date's hours also say what of the next one's morning is open.
    std::set<int64_t> altered;
    for (const auto& [date, spans] : hours.dates) {
        check(spans);
        altered.insert({date, date + 1});
    }
    int64_t added_us = 0;
    for (const int64_t date : altered) {
        Day day{.spans = merged(hours_of(hours, date), hours_of(hours, date - 1))};
        day.open_us = length_of(day.spans);
        added_us += day.open_us - out.week_[weekday_of(date)].open_us;
        out.exceptions_.push_back({date, std::move(day), added_us});
    }
    return out;
}

const Calendar::Day& Calendar::day_of(int64_t date) const {
    const auto found = std::ranges::lower_bound(exceptions_, date, {}, &Exception::date);
    return found != exceptions_.end() && found->date == date ? found->day : week_[weekday_of(date)];
}

int64_t Calendar::open_before_date(int64_t date) const {
    // Whole weeks since the Monday before 1970-01-01, and the days of the one that has begun.
    const int64_t from_monday = date + kThursday;
    const int64_t weeks = floor_division(from_monday, 7);
    const int64_t by_week = weeks * week_before_us_[7] + week_before_us_[static_cast<size_t>(from_monday - 7 * weeks)];
    const auto next = std::ranges::lower_bound(exceptions_, date, {}, &Exception::date);
    const int64_t added = next == exceptions_.begin() ? 0 : std::prev(next)->added_us;
    return by_week + added;
}

int64_t Calendar::open_before(int64_t local_us) const {
    const int64_t date = floor_division(local_us, kDay_us);
    const int64_t time_us = local_us - date * kDay_us;
    int64_t open_us = open_before_date(date);
    for (const HourSpan& span : day_of(date).spans) {
        open_us += std::clamp(time_us - span.begin_us, int64_t{0}, span.end_us - span.begin_us);
    }
    return open_us;
}

int64_t Calendar::local_time_of(int64_t open_us, int64_t low_us, int64_t high_us) const {
    // The last date before which there is less.
    int64_t low = floor_division(low_us, kDay_us);
    int64_t high = floor_division(high_us, kDay_us) + 1;
    while (high - low > 1) {
        const int64_t middle = low + (high - low) / 2;
        (open_before_date(middle) < open_us ? low : high) = middle;
    }
    int64_t missing_us = open_us - open_before_date(low);
    for (const HourSpan& span : day_of(low).spans) {
        const int64_t length_us = span.end_us - span.begin_us;
        if (missing_us <= length_us) {
            return low * kDay_us + span.begin_us + missing_us;
        }
        missing_us -= length_us;
    }
    CS_CHECK(false);
}

}  // namespace countersign::calendar

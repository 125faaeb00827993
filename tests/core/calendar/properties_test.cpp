// What holds for every calendar, on calendars by chance; and the same answers as by walking from minute to minute.

#include <catch_amalgamated.hpp>

#include "core/calendar/business_time.h"
#include "core/stats/random.h"

using namespace countersign;
using namespace countersign::calendar;

namespace {

constexpr std::array<const char*, 8> kZones{
    "UTC",          "Europe/Berlin",       "America/New_York", "Asia/Kathmandu",
    "Africa/Cairo", "Australia/Lord_Howe", "-03:30",           "Africa/Casablanca"};

Hours random_hours(stats::Random& random) {
    Hours out;
    int64_t from = 0;
    for (uint64_t spans = random.below(3); spans > 0; --spans) {
        const int64_t begin = from + static_cast<int64_t>(random.below(600));
        const int64_t end = begin + 1 + static_cast<int64_t>(random.below(700));
        if (begin >= 24 * 60) {
            break;
        }
        out.push_back({begin * kMinute_us, end * kMinute_us});
        from = end;
    }
    return out;
}

CalendarHours random_calendar(stats::Random& random, int64_t around_date) {
    CalendarHours out{.zone = kZones[static_cast<size_t>(random.below(kZones.size()))]};
    for (Hours& hours : out.week) {
        hours = random_hours(random);
    }
    out.week[3].push_back({1'400 * kMinute_us, 1'430 * kMinute_us});
    for (uint64_t i = random.below(6); i > 0; --i) {
        out.dates[around_date - 5 + static_cast<int64_t>(random.below(12))] = random_hours(random);
    }
    return out;
}

// By the definition: what the wall clock shows at that minute is among the hours of its date or of the day before.
bool open_by_definition(const CalendarHours& hours, int64_t utc_minute) {
    const int64_t local = utc_minute + *zones::utc_offset(hours.zone, utc_minute * 60) / 60;
    const int64_t date = local / 1'440;
    for (const int64_t back : {0, 1}) {
        const auto special = hours.dates.find(date - back);
        const auto weekday = static_cast<size_t>((date - back + 3) % 7);
        for (const HourSpan& span : special == hours.dates.end() ? hours.week[weekday] : special->second) {
            const int64_t time_us = (local - (date - back) * 1'440) * kMinute_us;
            if (span.begin_us <= time_us && time_us < span.end_us) {
                return true;
            }
        }
    }
    return false;
}

// A few days before a change of summer time somewhere, as minutes since 1970.
int64_t random_minute(stats::Random& random) {
    constexpr std::array<const char*, 6> kChanges{"2026-03-27T00:00:00Z", "2026-10-23T00:00:00Z",
                                                  "2026-04-03T00:00:00Z", "2026-10-02T00:00:00Z",
                                                  "2026-03-06T00:00:00Z", "2040-10-27T00:00:00Z"};
    return parse_rfc3339(kChanges[static_cast<size_t>(random.below(kChanges.size()))]).value().us / kMinute_us +
           static_cast<int64_t>(random.below(2'880));
}

Instant at_minute(int64_t minute) {
    return {minute * kMinute_us};
}

}  // namespace

TEST_CASE("between and add agree with a walk from minute to minute by the wall clock") {
    const uint64_t seed = GENERATE(range(uint64_t{1}, uint64_t{61}));
    INFO("seed " << seed);
    stats::Random random(seed);
    const int64_t begin = random_minute(random);
    const CalendarHours hours = random_calendar(random, begin / 1'440);
    const Calendar calendar = Calendar::of(hours).value();
    int64_t open = 0;
    const int64_t end = begin + 7 * 1'440;
    for (int64_t minute = begin; minute < end; ++minute) {
        const bool is = open_by_definition(hours, minute);
        open += is ? 1 : 0;
        if (is != is_open(calendar, at_minute(minute))) {
            FAIL("at " << to_rfc3339(at_minute(minute)) << " in " << hours.zone);
        }
        if (is && minute % 17 == 0) {
            CHECK(add_business_time(calendar, at_minute(begin), {open * kMinute_us}) == at_minute(minute + 1));
        }
    }
    CHECK(business_time_between(calendar, at_minute(begin), at_minute(end)) == Duration{open * kMinute_us});
}

TEST_CASE("what was added lies between; adding is additive and monotone") {
    const uint64_t seed = GENERATE(range(uint64_t{1}, uint64_t{201}));
    INFO("seed " << seed);
    stats::Random random(seed);
    const Instant start{static_cast<int64_t>(random.below(uint64_t{80} * 365 * 86'400)) * kSecond_us -
                        10 * 365 * kDay_us + static_cast<int64_t>(random.below(1'000'000))};
    const CalendarHours hours = random_calendar(random, start.us / kDay_us);
    const Calendar calendar = Calendar::of(hours).value();
    const Duration first{static_cast<int64_t>(random.below(200 * kHour_us))};
    const Duration second{static_cast<int64_t>(random.below(200 * kHour_us))};
    const Instant middle = add_business_time(calendar, start, first).value();
    const Instant end = add_business_time(calendar, middle, second).value();
    CHECK(business_time_between(calendar, start, middle) == first);
    CHECK(add_business_time(calendar, start, {first.us + second.us}) == end);
    CHECK(business_time_between(calendar, start, end) == Duration{first.us + second.us});
    // The earliest such instant: a moment before there is less.
    CHECK((first.us == 0 || business_time_between(calendar, start, middle - Duration{1}) < first));
    const Instant later = start + Duration{static_cast<int64_t>(random.below(kDay_us))};
    CHECK(add_business_time(calendar, later, first).value() >= middle);
    CHECK(business_time_between(calendar, start, later).us + business_time_between(calendar, later, end).us ==
          business_time_between(calendar, start, end).us);
    const Instant opening = next_opening(calendar, start).value();
    CHECK(opening >= start);
    CHECK(is_open(calendar, opening));
    CHECK(business_time_between(calendar, start, opening).us == 0);
}

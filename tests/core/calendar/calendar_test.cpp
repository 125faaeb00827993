// Business time by the cases of tests/cases/calendar, which somebody who knows a calendar can write without C++.

#include <catch_amalgamated.hpp>

#include "core/calendar/business_time.h"
#include "core/calendar/calendar_json.h"
#include "tests/support/cases.h"

using namespace countersign;
using namespace countersign::calendar;
using namespace countersign::testing;

namespace {

Instant instant_at(const Json& one, std::string_view name) {
    return parse_rfc3339(one.text_of(name)).value();
}

void check_case(const Json& one, const Calendar& calendar) {
    if (one.find("add") != nullptr) {
        const auto due =
            add_business_time(calendar, instant_at(one, "start"), parse_duration(one.text_of("add")).value());
        REQUIRE(due);
        CHECK(to_rfc3339(*due) == to_rfc3339(instant_at(one, "due")));
    } else if (one.find("between") != nullptr) {
        const Instant from = instant_at(one, "from");
        const Instant to = instant_at(one, "to");
        CHECK(to_text(business_time_between(calendar, from, to)) == one.text_of("between"));
        CHECK(business_time_between(calendar, to, from).us == -business_time_between(calendar, from, to).us);
    } else {
        const auto opening = next_opening(calendar, instant_at(one, "at"));
        REQUIRE(opening);
        CHECK(to_rfc3339(*opening) == to_rfc3339(instant_at(one, "next_opening")));
        CHECK(is_open(calendar, *opening));
    }
}

}  // namespace

TEST_CASE("each case of business time is due when its calendar says") {
    const Json cases = parse_json(read_case("calendar/business_time.json")).value();
    REQUIRE(cases.find("cases")->array()->size() >= 30);
    for (const Json& one : *cases.find("cases")->array()) {
        INFO(one.text_of("case"));
        const Json* json = cases.find("calendars")->find(one.text_of("calendar"));
        REQUIRE(json != nullptr);
        auto calendar = load_calendar(*json, "calendar");
        INFO((calendar.ok() ? "" : calendar.error().text()));
        REQUIRE(calendar.ok());
        check_case(one, calendar.value());
    }
}

TEST_CASE("calendars that cannot be meant are refused by the path of what is wrong") {
    const Json cases = parse_json(read_case("calendar/refused.json")).value();
    for (const Json& one : *cases.array()) {
        INFO(one.text_of("case"));
        const auto calendar = load_calendar(*one.find("calendar"), "sla.calendar");
        REQUIRE(!calendar.ok());
        CHECK(calendar.error().text() == one.text_of("error"));
        CHECK(calendar.error().code == ErrorCode::invalid_argument);
    }
}

TEST_CASE("around the clock, business time is time") {
    const Calendar always = Calendar::around_the_clock();
    const Instant start = parse_rfc3339("1969-12-31T23:59:59.5Z").value();
    CHECK(add_business_time(always, start, {3 * kDay_us}) == start + Duration{3 * kDay_us});
    CHECK(next_opening(always, start) == start);
    CHECK(business_time_between(always, start, start + Duration{1}) == Duration{1});
}

TEST_CASE("what would be due behind the year 9999 is never due") {
    CalendarHours hours{.zone = "Europe/Berlin"};
    hours.week[0] = {{0, kMinute_us}};
    const Calendar calendar = Calendar::of(hours).value();
    const Instant start = parse_rfc3339("2026-11-23T18:36:00Z").value();
    CHECK_FALSE(add_business_time(calendar, start, {36'500 * kDay_us}));
    const Instant last = parse_rfc3339("9999-12-31T12:00:00Z").value();
    CHECK_FALSE(next_opening(calendar, last));
    // An offset makes of the last day one of the year 10000.
    const Instant behind = parse_rfc3339("9999-12-31T23:59:59-23:59").value();
    CHECK_FALSE(next_opening(calendar, behind));
    CHECK(business_time_between(calendar, last, behind).us == 0);
    CHECK_FALSE(is_open(Calendar::around_the_clock(), behind));
    // Eight thousand years of Mondays are one question.
    const auto far = add_business_time(calendar, start, {7'000 * 52 * kMinute_us});
    REQUIRE(far);
    CHECK(business_time_between(calendar, start, *far) == Duration{7'000 * 52 * kMinute_us});
}

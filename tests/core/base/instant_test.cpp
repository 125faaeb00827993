#include "core/base/instant.h"

#include <catch_amalgamated.hpp>

using namespace countersign;

TEST_CASE("a time is written and read back to the microsecond") {
    const std::string text = GENERATE("1970-01-01T00:00:00Z", "2026-11-23T18:36:00.000001Z", "2024-02-29T23:59:59Z",
                                      "1969-12-31T23:59:59.500000Z", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z");
    CHECK(to_rfc3339(parse_rfc3339(text).value()) == text);
}

TEST_CASE("an offset from UTC is taken into account") {
    CHECK(to_rfc3339(parse_rfc3339("2026-11-23T01:30:00+02:00").value()) == "2026-11-22T23:30:00Z");
    CHECK(to_rfc3339(parse_rfc3339("2026-11-23t01:30:00.5-01:15").value()) == "2026-11-23T02:45:00.500000Z");
}

TEST_CASE("what is not a time is refused with an example") {
    const std::string text = GENERATE("", "2026-11-23", "2026-02-29T00:00:00Z", "2026-13-01T00:00:00Z",
                                      "2026-11-23T24:00:00Z", "2026-11-23T00:00:00", "2026-11-23T00:00:00Zx",
                                      "2026-11-23T00:00:00.Z", "2026-11-23 00:00:00Z", "2026-11-23T00:00:00+0200");
    const auto parsed = parse_rfc3339(text);
    REQUIRE_FALSE(parsed.ok());
    CHECK(parsed.error().message.find("2026-11-23T18:36:00Z") != std::string::npos);
}

TEST_CASE("days and dates agree for four hundred years and back") {
    for (int64_t day = -146'097; day <= 146'097; ++day) {
        REQUIRE(days_from_civil(civil_from_days(day)) == day);
    }
}

TEST_CASE("durations are read in the units people write") {
    CHECK(parse_duration("90s").value().us == 90 * kSecond_us);
    CHECK(parse_duration("1h30m").value().us == 90 * kMinute_us);
    CHECK(parse_duration("2d").value().us == 2 * kDay_us);
    CHECK(to_text(parse_duration("1d2h3m4s").value()) == "1d2h3m4s");
    CHECK(to_text(Duration{0}) == "0s");
}

TEST_CASE("a duration without a unit, with an unknown unit or beyond a century is refused") {
    const std::string text = GENERATE("", "4", "h", "4w", "-1h", "1h 30m", "99999999d", "100000d", "1.5h");
    CHECK_FALSE(parse_duration(text).ok());
}

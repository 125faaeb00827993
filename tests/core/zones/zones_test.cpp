// Stretches of one offset: what arithmetic with local time stands on.

#include "core/zones/zones.h"

#include <catch_amalgamated.hpp>

#include "core/stats/random.h"

using namespace countersign;
using namespace countersign::zones;

TEST_CASE("within a stretch the offset is the one that it says, at its ends another stretch follows") {
    const std::string_view name = GENERATE("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu",
                                           "Africa/Casablanca", "Pacific/Apia", "Africa/Monrovia", "UTC", "-02:30",
                                           "America/Sao_Paulo", "Europe/Dublin", "America/Santiago");
    const uint64_t seed = 20261201;
    INFO(name << ", seed " << seed);
    stats::Random random(seed);
    const TimeZone zone = TimeZone::named(name).value();
    for (int i = 0; i < 2'000; ++i) {
        const int64_t at =
            static_cast<int64_t>(random.below(uint64_t{250} * 366 * 86'400)) - int64_t{30} * 366 * 86'400;
        const Stretch stretch = zone.stretch_at(at);
        REQUIRE(stretch.begin_s <= at);
        REQUIRE(at < stretch.end_s);
        const int64_t low = std::max(stretch.begin_s, at - int64_t{400} * 86'400);
        const int64_t high = std::min(stretch.end_s - 1, at + int64_t{400} * 86'400);
        for (const int64_t inside : {low, at, high, low + (high - low) / 3}) {
            REQUIRE(utc_offset(name, inside) == stretch.offset_s);
            REQUIRE(zone.offset_s(inside) == stretch.offset_s);
        }
        if (stretch.end_s != INT64_MAX) {
            REQUIRE(zone.stretch_at(stretch.end_s).begin_s == stretch.end_s);
        }
    }
}

TEST_CASE("a zone that nobody knows is none") {
    CHECK_FALSE(TimeZone::named("Mars/Olympus"));
    CHECK_FALSE(TimeZone::named(""));
}

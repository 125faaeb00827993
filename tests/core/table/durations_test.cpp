#include "core/table/durations.h"

#include <string>

#include <catch_amalgamated.hpp>

using namespace countersign;

namespace {

Result<table::NamedTimes> read(std::string_view file) {
    table::DurationReader times;
    table::RecordReader reader(times);
    CS_TRY_STATUS(reader.feed(file));
    CS_TRY_STATUS(reader.finish());
    return times.finish();
}

std::string refusal(std::string_view file) {
    const auto read_file = read(file);
    REQUIRE_FALSE(read_file.ok());
    return read_file.error().text();
}

}  // namespace

TEST_CASE("seconds are read with what is not finished yet") {
    const auto named = read("item,reviewer,seconds,finished\na,ada,12.5,yes\nb,bo,0,no\na,bo,7,\n");
    REQUIRE(named.ok());
    REQUIRE(named.value().reviews.size() == 3);
    CHECK_FALSE(named.value().has_instants);
    CHECK(named.value().reviews[0].seconds == 12.5);
    CHECK(named.value().reviews[0].finished);
    CHECK_FALSE(named.value().reviews[1].finished);
    CHECK(named.value().reviews[2].finished);
    CHECK(named.value().reviews[2].item == 0);
    CHECK(named.value().reviewers.names() == std::vector<std::string>{"ada", "bo"});
}

TEST_CASE("times are read from JSON Lines, where what is not finished has no second one") {
    const auto named = read(
        "{\"item\":\"a\",\"reviewer\":\"ada\",\"started\":\"2026-11-27T16:30:00+01:00\",\"finished\":\"2026-11-27T15:"
        "40:00Z\"}\n"
        "{\"item\":\"b\",\"reviewer\":\"ada\",\"started\":\"2026-11-27T16:30:00+01:00\",\"finished\":null}\n");
    REQUIRE(named.ok());
    CHECK(named.value().has_instants);
    CHECK(*named.value().reviews[0].ended - *named.value().reviews[0].started == Duration{10 * kMinute_us});
    CHECK_FALSE(named.value().reviews[1].finished);
}

TEST_CASE("durations that cannot be are refused by line and column") {
    const std::string seconds = "item,reviewer,seconds,finished\n";
    CHECK(refusal(seconds + "a,ada,0,yes\n") == "line 2, column 'seconds': must be above 0");
    CHECK(refusal(seconds + "a,ada,5,yes\na,ada,-1,no\n") == "line 3, column 'seconds': must not be below 0");
    CHECK(refusal(seconds + "a,ada,5,perhaps\n") == "line 2, column 'finished': must be yes or no, but is 'perhaps'");
    CHECK(refusal(seconds + "a,ada,soon,yes\n") == "line 2, column 'seconds': must be a number, but is 'soon'");
    const std::string times = "item,reviewer,started,finished\n";
    CHECK(refusal(times + "a,ada,2026-11-27T10:00:00Z,2026-11-27T10:00:00Z\n") ==
          "line 2, column 'finished': must be after 'started'");
    CHECK(refusal(times + "a,ada,27.11.2026,\n") ==
          "line 2, column 'started': '27.11.2026' is not a time like 2026-11-23T18:36:00Z");
    CHECK(refusal("item,reviewer\na,ada\n") == "line 2: there is no column 'seconds'; there are 'item', 'reviewer'");
    CHECK(refusal(times) == "there is no review in the file, only a header");
}

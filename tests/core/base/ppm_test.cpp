#include "core/base/ppm.h"

#include <catch_amalgamated.hpp>

using namespace countersign;

TEST_CASE("a decimal becomes parts per million exactly, half rounds up") {
    struct Case {
        const char* text;
        int32_t ppm;
    };

    const auto c = GENERATE(values<Case>({{"0", 0},
                                          {"1", 1'000'000},
                                          {"0.7312", 731'200},
                                          {"0.2122", 212'200},
                                          {"7.3e-1", 730'000},
                                          {"73E-2", 730'000},
                                          {"0.0000005", 1},
                                          {"0.00000049999999", 0},
                                          {"5e-7", 1},
                                          {"1e-9", 0},
                                          {"0.9999995", 1'000'000},
                                          {"1.0", 1'000'000},
                                          {"-0.0", 0},
                                          {"0e999999999", 0},
                                          {"100e-2", 1'000'000}}));
    INFO(c.text);
    CHECK(parse_ppm(c.text).value().value == c.ppm);
}

TEST_CASE("what does not lie in 0 to 1 is refused") {
    const std::string text =
        GENERATE("", "-0.1", "1.000001", "2", "73", "1e9", "1e999999999", "abc", "0.5x", "1.2.3", "e5", ".");
    INFO(text);
    CHECK_FALSE(parse_ppm(text).ok());
}

TEST_CASE("every part per million survives writing and reading") {
    for (int32_t value = 0; value <= 1'000'000; value += 7) {
        REQUIRE(parse_ppm(to_decimal(Ppm{value})).value().value == value);
    }
}

TEST_CASE("percentages for people are rounded, not cut") {
    CHECK(to_percent(Ppm{731'200}, 0) == "73 %");
    CHECK(to_percent(Ppm{735'000}, 0) == "74 %");
    CHECK(to_percent(Ppm{731'250}, 1) == "73.1 %");
    CHECK(to_percent(Ppm{1'000'000}, 1) == "100.0 %");
}

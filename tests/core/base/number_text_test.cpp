#include "core/base/number_text.h"

#include <catch_amalgamated.hpp>

using namespace countersign;

TEST_CASE("a number's text is the shortest that reads back as the same bits") {
    CHECK(number_text(0.1) == "0.1");
    CHECK(number_text(0.1 + 0.2) == "0.30000000000000004");
    CHECK(number_text(1) == "1");
    CHECK(number_text(-0.0) == "0");
    CHECK(number_text(5e-324) == "5e-324");
    CHECK(number_text(-1.7976931348623157e308) == "-1.7976931348623157e+308");
}

TEST_CASE("a number for people is rounded to decimals or to significant digits") {
    CHECK(fixed_text(0.02499999, 4) == "0.0250");
    CHECK(fixed_text(-1e14, 1) == "-100000000000000.0");
    CHECK(rounded_text(0.0625, 2) == "0.062");
    CHECK(rounded_text(6.34e-9, 2) == "6.3e-09");
    CHECK(rounded_text(0, 2) == "0");
}

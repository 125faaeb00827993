#include "core/calibration/calibrator_json.h"

#include <catch_amalgamated.hpp>

#include "tests/support/cases.h"

using namespace countersign;
using namespace countersign::calibration;
using namespace countersign::testing;

TEST_CASE("a calibrator reads back from its JSON as the same bits") {
    const double third = 1.0 / 3;
    const Calibrator all[] = {Identity{},
                              Temperature{Temperature::Over::confidence, 1.7834123456789012},
                              Temperature{Temperature::Over::classes, 1},
                              Platt{third, -0.1717000000000001},
                              Platt{0, 0},
                              Beta{0x1.921fb54442d18p+1, 1e-12, -3e8},
                              Isotonic{{{0, 1e-300}, {third, third}, {1, 1}}},
                              Isotonic{{{0.25, 0.5}}},
                              Histogram{{{0.1, 0.30000000000000004}, {1, 0.9999999999999999}}}};
    for (const Calibrator& one : all) {
        const std::string text = to_json(one);
        INFO(text);
        const auto again = read_calibrator(parse_json(text).value());
        REQUIRE(again.ok());
        CHECK(again.value() == one);
        CHECK(to_json(again.value()) == text);
    }
    CHECK(to_json(all[5]) == R"({"method":"beta","a":3.141592653589793,"b":1e-12,"intercept":-3e+08})");
}

TEST_CASE("a calibrator that is none is refused where it is wrong") {
    const Json cases = parse_json(read_case("calibration/refused.json")).value();
    REQUIRE(cases.array()->size() >= 10);
    for (const Json& one : *cases.array()) {
        INFO(to_text(one));
        const auto read = read_calibrator(*one.find("calibrator"), "calibrator");
        REQUIRE(!read.ok());
        CHECK(read.error().text() == one.text_of("error"));
    }
}

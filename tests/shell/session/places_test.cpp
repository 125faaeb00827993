// Places of evidence questions, as text and as the desk shows them.

#include "shell/session/places.h"

#include <catch_amalgamated.hpp>

using namespace countersign::shell;

TEST_CASE("places stand in the order of the text, each once, and can be taken out again") {
    std::string value = with_place("", 10, 14);
    value = with_place(value, 2, 5);
    CHECK(value == "2-5,10-14");
    CHECK(with_place(value, 10, 14) == value);
    CHECK(with_place(value, 7, 7) == value);  // nothing is marked
    CHECK(without_place(value, 0) == "10-14");
    CHECK(without_place(value, 2) == value);
    CHECK(without_place("10-14", 0).empty());
}

TEST_CASE("a place shows what stands there, in code points, and one beyond the text is not shown") {
    const auto places = place_models("0-6,8-9,40-50", "Straße, \u2602!");
    REQUIRE(places.size() == 2);
    CHECK(places[0].quote == "Straße");
    CHECK(places[0].letter == "1");
    CHECK(places[1].quote == "\u2602");
    CHECK(place_models("nonsense", "text").empty());
}

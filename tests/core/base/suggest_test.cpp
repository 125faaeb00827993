#include "core/base/suggest.h"

#include <vector>

#include <catch_amalgamated.hpp>

using namespace countersign;

TEST_CASE("a slip of the finger finds the name that was meant") {
    const std::vector<std::string> known = {"label", "confidence", "scores", "model", "margin"};
    CHECK(nearest_name("confidnce", known) == "confidence");
    CHECK(nearest_name("lable", known) == "label");
    CHECK(nearest_name("Margin", known) == "margin");
    CHECK(nearest_name("temperature", known).empty());
    CHECK(nearest_name("", known).empty());
}

TEST_CASE("without a near name the few known ones are listed") {
    const std::vector<std::string> known = {"auto", "quick", "full"};
    CHECK(suggestion("express", known) == "; known are auto, quick and full");
    CHECK(suggestion("quik", known) == "; did you mean 'quick'?");
    CHECK(suggestion("x", std::vector<std::string>{}).empty());
}

// Lines of an export, as statistics read them.

#include "core/table/exported.h"

#include <catch_amalgamated.hpp>

using namespace countersign::table;

namespace {

constexpr std::string_view kLine = R"({"item":{"id":"c"},"prediction":{"model":"m","label":"noise","confidence":0.4},
"route":{"tier":"full"},"decision":{"status":"resolved","verdict":"correct","label":"gas"},
"reviews":[{"reviewer":"ada","verdict":"accept","rationale":{"codes":["a","b"],"text":"Loud.","evidence":[{}]},"standing":"effective"},
{"reviewer":"ben","verdict":"correct","label":"gas","prediction_shown":false,"standing":"effective"},
{"reviewer":"cleo","verdict":"correct","label":"gas","adjudicates":true,"standing":"superseded"},
{"reviewer":"dan","verdict":"reject","standing":"extra"}]})";

std::string error_of(std::string_view line) {
    const auto item = read_exported(line);
    REQUIRE_FALSE(item.ok());
    return item.error().text();
}

}  // namespace

TEST_CASE("a record says who said what, why, and whether the prediction was shown") {
    const auto item = read_exported(kLine);
    REQUIRE(item.ok());
    CHECK(item.value().id == "c");
    CHECK(item.value().tier == "full");
    CHECK(item.value().predicted == "noise");
    CHECK(item.value().resolved);
    CHECK(item.value().outcome == "gas");
    const auto& reviews = item.value().reviews;
    REQUIRE(reviews.size() == 4);
    CHECK(reviews[0].label == "noise");
    CHECK(reviews[0].codes == std::vector<std::string>{"a", "b"});
    CHECK(reviews[0].text == "Loud.");
    CHECK(reviews[0].evidence == 1);
    CHECK(reviews[0].prediction_shown);
    CHECK_FALSE(reviews[1].prediction_shown);
    CHECK(reviews[1].label == "gas");
    CHECK(reviews[2].adjudicates);
    CHECK_FALSE(reviews[2].stands());
    CHECK(reviews[3].stands());
    CHECK(reviews[3].label.empty());
}

TEST_CASE("what is no record of an export says so, with the place") {
    CHECK(error_of("{}") ==
          "item, prediction, decision or reviews is missing: is this a line of 'countersign export'?");
    CHECK(error_of(R"({"item":{},"prediction":{"label":"x"},"decision":{},"reviews":[]})") ==
          "item.id: a text is missing: is this a line of 'countersign export'?");
    CHECK(error_of(R"({"item":{"id":"a"},"prediction":{"label":"x"},"decision":{},"reviews":[{"reviewer":"ada"}]})") ==
          "reviews[0].verdict: a text is missing: is this a line of 'countersign export'?");
    CHECK(error_of("item,label").find("column 1") != std::string::npos);
}

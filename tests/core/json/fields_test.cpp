#include "core/json/fields.h"

#include <catch_amalgamated.hpp>

using namespace countersign;

namespace {

Fields fields_of(const Json& json) {
    return Fields::of(json, "routes[2]").value();
}

}  // namespace

TEST_CASE("a field is read with its type, and its absence is named by path") {
    const Json json = parse_json(R"({"name":"gas","count":3,"share":0.25,"on":true,"tags":["a","b"]})").value();
    Fields fields = fields_of(json);
    CHECK(fields.text("name").value() == "gas");
    CHECK(fields.integer("count").value() == 3);
    CHECK(fields.ppm("share").value().value == 250'000);
    CHECK(fields.boolean_or("on", false).value());
    CHECK(fields.text_list("tags", 5).value().size() == 2);
    CHECK(fields.done().ok());
    CHECK(fields.text("when").error().text() == "routes[2].when: is missing");
}

TEST_CASE("a wrong type is shown with what is allowed") {
    const Json json = parse_json(R"({"name":7,"count":"x","share":"high","tags":[1]})").value();
    Fields fields = fields_of(json);
    CHECK(fields.text("name").error().text() == "routes[2].name: must be text, but is a whole number (7)");
    CHECK(fields.integer("count").error().text() == "routes[2].count: must be a whole number, but is text (\"x\")");
    CHECK(fields.ppm("share").error().message.find("a number from 0 to 1") != std::string::npos);
    CHECK(fields.text_list("tags", 5).error().field == "routes[2].tags[0]");
}

TEST_CASE("ranges and sizes are named") {
    const Json json = parse_json(R"({"n":11,"t":"","l":[1,2,3],"p":1.5})").value();
    Fields fields = fields_of(json);
    CHECK(fields.integer("n", {.min = 1, .max = 10}).error().message == "is 11; allowed is 1 to 10");
    CHECK(fields.text("t").error().message == "must not be empty");
    CHECK(fields.list("l", 2).error().message == "has 3 members; at most 2 are allowed");
    CHECK(fields.ppm("p").error().message == "'1.5' is not a number from 0 to 1");
}

TEST_CASE("a choice outside the list is refused with the nearest") {
    const std::vector<std::string> tiers = {"auto", "quick", "full"};
    const Json json = parse_json(R"({"tier":"qick"})").value();
    CHECK(fields_of(json).choice("tier", tiers).error().message ==
          "'qick' is not one of auto, quick, full; did you mean 'quick'?");
}

TEST_CASE("an unknown field is refused with the nearest known one") {
    const Json json = parse_json(R"({"name":"a","whem":"true"})").value();
    Fields fields = fields_of(json);
    CHECK(fields.text("name").ok());
    CHECK_FALSE(fields.has("when"));
    CHECK(fields.done().error().text() == "routes[2].whem: no such field; did you mean 'when'?");
}

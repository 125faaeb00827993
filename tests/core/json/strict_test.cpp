// What the reader refuses, and where it says the mistake is: tests/cases/json/strict.json. A case has "text" or "hex".

#include <catch_amalgamated.hpp>

#include "core/base/concat.h"
#include "core/json/json.h"
#include "tests/support/cases.h"

using namespace countersign;
using namespace countersign::testing;

namespace {

std::string bytes_of(const Json& one) {
    if (one.find("text") != nullptr) {
        return one.text_of("text");
    }
    std::string bytes;
    const std::string hex = one.text_of("hex");
    for (size_t i = 0; i + 1 < hex.size(); i += 2) {
        bytes += static_cast<char>(std::stoi(hex.substr(i, 2), nullptr, 16));
    }
    return bytes;
}

// {"n0":0,"n1":0,...}
std::string object_with(size_t members) {
    std::string text = "{";
    for (size_t i = 0; i < members; ++i) {
        text += concat(i == 0 ? "" : ",", "\"n", i, "\":0");
    }
    return text + "}";
}

}  // namespace

TEST_CASE("each mistake is refused with its place and in words") {
    const Json cases = parse_json(read_case("json/strict.json")).value();
    REQUIRE(cases.array()->size() >= 40);
    for (const Json& one : *cases.array()) {
        const auto parsed = parse_json(bytes_of(one));
        INFO(one.text_of("what") << ": " << (parsed.ok() ? "accepted" : parsed.error().text()));
        REQUIRE_FALSE(parsed.ok());
        CHECK(parsed.error().field == one.text_of("at"));
        CHECK(parsed.error().message.find(one.text_of("says")) != std::string::npos);
    }
}

TEST_CASE("a mistake in a line of JSON Lines has its column only") {
    CHECK(parse_json_line("{\"a\":tru}").error().field == "column 9");
    CHECK(parse_json_line("{\"a\":1,\"a\":2}").error().field == "column 10");
}

TEST_CASE("a mistake is told in few words, however long what was read") {
    const Error error = parse_json("[\"" + std::string(200'000, 'x')).error();
    CHECK(error.message.find("missing closing quote") != std::string::npos);
    CHECK(error.message.size() < 400);
    CHECK(parse_json(std::string(200'000, '1')).error().message.size() < 400);
}

TEST_CASE("a limit names the place where it was reached") {
    CHECK(parse_json("[1,\n2,3]", {.members = 2}).error().field == "line 2, column 4");
    CHECK(parse_json("[\"abcd\"]", {.string_bytes = 3}).error().field == "line 1, column 7");
    CHECK(parse_json("{\"abcd\":1}", {.name_bytes = 3}).error().field == "line 1, column 7");
    CHECK(parse_json("[1,\n2]", {.total_bytes = 5}).error().field == "line 2, column 2");
}

TEST_CASE("an object with very many names is read in the order of its names, and a last repetition is found") {
    const std::string text = object_with(20'000);
    const auto parsed = parse_json(text, {.members = 200'000});
    REQUIRE(parsed.ok());
    CHECK(parsed.value().object()->size() == 20'000);
    CHECK(parsed.value().object()->back().first == "n19999");
    const std::string twice = text.substr(0, text.size() - 1) + ",\"n7\":1}";
    CHECK(parse_json(twice, {.members = 200'000}).error().message == "the name 'n7' stands twice in one object");
}

TEST_CASE("names may stand again in other objects, inside and beside") {
    const std::string one = object_with(20);
    const std::string inside = object_with(18).substr(0, object_with(18).size() - 1);
    for (const std::string& text :
         {concat('[', one, ',', one, ']'), concat(inside, ",\"x\":", one, ",\"y\":", one, '}'),
          concat("{\"n0\":", one, ",\"n1\":", one, '}')}) {
        CHECK(to_text(parse_json(text).value()) == text);
    }
}

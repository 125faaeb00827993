#include <catch_amalgamated.hpp>

#include "core/json/json.h"

using namespace countersign;

TEST_CASE("JSON text is read and written back the same") {
    const std::string text =
        GENERATE("null", "true", "-12", "0.10", "1e5", R"("a\"b\\c\n")", "[]", "{}", "[1,[2,{}],null]",
                 R"({"b":1,"a":{"x":"é東"},"n":-9223372036854775808})", R"("")");
    CHECK(to_text(parse_json(text).value()) == text);
}

TEST_CASE("what the grammar forbids is refused with line and column") {
    const auto error = parse_json("{\n  \"a\": 1,\n  \"b\": tru\n}").error();
    CHECK(error.code == ErrorCode::invalid_argument);
    CHECK(error.field.starts_with("line 3, column"));
    const std::string text = GENERATE("", "{", "[1,]", "{\"a\":1,}", "01", "1.", "+1", "'a'", "{a:1}", "[1] x", "nul",
                                      "\"\\x\"", "\"\t\"", "NaN", "Infinity", "// c\n1");
    INFO(text);
    CHECK_FALSE(parse_json(text).ok());
}

TEST_CASE("what the library lets pass is refused here") {
    CHECK(parse_json(R"({"a":1,"b":2,"a":3})").error().message == "the name 'a' stands twice in one object");
    CHECK_FALSE(parse_json(std::string_view("1\0", 2)).ok());
    CHECK_FALSE(parse_json(R"("a\u0000b")").ok());
    CHECK_FALSE(parse_json(R"({"a\u0000b":1})").ok());
    CHECK_FALSE(parse_json("9223372036854775808").ok());
    CHECK_FALSE(parse_json("-9223372036854775809").ok());
    CHECK_FALSE(parse_json("1e999").ok());
    CHECK_FALSE(parse_json("\"\xff\"").ok());
}

TEST_CASE("limits stop a parse with a message that names the limit") {
    const std::string deep = std::string(65, '[') + std::string(65, ']');
    CHECK(parse_json(deep).error().message.find("at most 64 deep") != std::string::npos);
    CHECK(parse_json(deep).error().code == ErrorCode::exhausted);
    CHECK(parse_json(std::string(64, '[') + std::string(64, ']')).ok());
    CHECK(parse_json("[1,2,3]", {.members = 2}).error().message.find("at most 2 members") != std::string::npos);
    CHECK(parse_json("\"abcd\"", {.string_bytes = 3}).error().message.find("at most 3 bytes") != std::string::npos);
    CHECK(parse_json("{\"abcd\":1}", {.name_bytes = 3}).error().message.find("at most 3 bytes") != std::string::npos);
    CHECK(parse_json("[1,2]", {.total_bytes = 4}).error().message.find("at most 4") != std::string::npos);
}

TEST_CASE("a hundred thousand open brackets neither crash nor take long") {
    CHECK_FALSE(parse_json(std::string(100'000, '[')).ok());
}

TEST_CASE("a duplicate name is placed behind the name that stands twice") {
    CHECK(parse_json("{\"a\":1,\n \"a\":2}").error().field.starts_with("line 2, column"));
}

#include "core/json/span.h"

#include <catch_amalgamated.hpp>

using namespace countersign;

TEST_CASE("a member's bytes are found as they stand, whatever stands around them") {
    const std::string_view text =
        " { \"a\" : \"x\\\"},{\" ,\n\"b\":[1, {\"c\":\"]\"}] , \"c\" : { \"c\" : 1.50 }\t, "
        "\"d\":-1.0e3,\"\\u0065\":null}";
    REQUIRE(parse_json(text).ok());
    CHECK(member_bytes(text, "a") == "\"x\\\"},{\"");
    CHECK(member_bytes(text, "b") == "[1, {\"c\":\"]\"}]");
    CHECK(member_bytes(text, "c") == "{ \"c\" : 1.50 }");
    CHECK(member_bytes(text, "d") == "-1.0e3");
    CHECK(member_bytes(text, "e") == "null");
    CHECK(member_bytes(text, "f").empty());
    CHECK(member_bytes("{}", "f").empty());
    CHECK(member_bytes("{\"f\":\"\"}", "f") == "\"\"");
    CHECK(member_bytes("{\"f\":{}}", "f") == "{}");
}

// Texts that are canonical JSON and texts that are not, as data: the JavaScript verifier is held to the same.

#include <catch_amalgamated.hpp>

#include "core/json/canonical.h"
#include "tests/support/cases.h"

using namespace countersign;

TEST_CASE("texts are canonical or not as the table says") {
    const Json table = parse_json(testing::read_case("verify/canonical.json"), {.allow_nul = true}).value();
    CanonicalJson json;
    size_t count = 0;
    for (const bool canonical : {true, false}) {
        for (const Json& text : *table.find(canonical ? "canonical" : "not")->array()) {
            INFO(*text.string());
            CHECK(json.read(*text.string()).ok() == canonical);
            ++count;
        }
    }
    CHECK(count > 60);
}

// The file of limits: what is written reads back, what is wrong is refused with its place (tests/cases/limits).

#include "native/server/serve_limits.h"

#include <catch_amalgamated.hpp>

#include "core/json/json.h"
#include "tests/support/cases.h"

using namespace countersign;
using namespace countersign::native;
using namespace countersign::testing;

TEST_CASE("the limits as they are written read back as the same, and so does each alone") {
    const std::string defaults = limits_text(ServeLimits{});
    CHECK(limits_text(read_limits(defaults).value()) == defaults);
    CHECK(limits_text(read_limits("{}").value()) == defaults);
    const Json document = parse_json(defaults).value();
    size_t settings = 0;
    for (const char* const group : {"http", "api"}) {
        for (const JsonMember& member : *document.find(group)->object()) {
            if (member.second.integer() == nullptr) {
                continue;
            }
            ++settings;
            // One more than the default, which every range leaves room for.
            Json changed = document;
            set_at(changed, std::string("/") + group + "/" + member.first, Json(*member.second.integer() + 1));
            INFO(group << "." << member.first);
            const auto read = read_limits(to_text(changed));
            REQUIRE(read.ok());
            const Json written = parse_json(limits_text(read.value())).value();
            CHECK(to_text(written) == to_text(changed));
        }
    }
    CHECK(settings >= 33);
}

TEST_CASE("what is left out keeps its default, what is given counts") {
    const ServeLimits limits =
        read_limits(R"({"http":{"count_loopback":true},"rates":{"reads":{"account":{"count":5}},"exports":{"address":)"
                    R"({"count":1,"per":"2h","burst":3}}}})")
            .value();
    CHECK(limits.http.count_loopback);
    CHECK(limits.http.connections == 2'000);
    const Rate& reads = limits.rates.of(api::Traffic::reads, Whose::account);
    CHECK((reads.count == 5 && reads.per.us == kMinute_us && reads.burst == 600));
    const Rate& exports = limits.rates.of(api::Traffic::exports, Whose::address);
    CHECK((exports.count == 1 && exports.per.us == 2 * kHour_us && exports.burst == 3));
    CHECK(limits.rates.of(api::Traffic::exports, Whose::account).count == 6);
}

TEST_CASE("a mistake in the file is refused with its place") {
    const Json cases = parse_json(read_case("limits/mistakes.json")).value();
    REQUIRE(cases.array()->size() >= 15);
    for (const Json& one : *cases.array()) {
        const Json* const document = one.find("limits");
        const auto read = read_limits(document->string() != nullptr ? *document->string() : to_text(*document));
        INFO(to_text(one));
        REQUIRE_FALSE(read.ok());
        CHECK(read.error().text() == one.text_of("says"));
    }
}

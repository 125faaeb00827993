// Projects and policies over the API.

#include <catch_amalgamated.hpp>

#include "core/json/writer.h"
#include "core/policy/load.h"
#include "core/store/identity.h"
#include "tests/support/server.h"

using namespace countersign;
using namespace countersign::testing;

namespace {

std::string policy_of(TestServer& server, const char* project) {
    const Json json = parse_json(server.ask("GET", std::string("/api/v1/projects/") + project).body).value();
    CHECK(*json.find("policy_version")->integer() == 1);
    return *json.find("policy")->string();
}

}  // namespace

TEST_CASE("a policy is stored and hashed as the bytes that were sent, by whichever way it came") {
    TestServer server;
    server.sign_in("root", "admin");
    // With spaces, line breaks and a number that a serialiser would write otherwise.
    std::string bytes = sample_policy();
    bytes.replace(bytes.find("0.4"), 3, "0.40");
    const std::string digest = to_hex(sha256(bytes));

    const std::string object = "{\"id\": \"one\", \"policy\" : " + bytes + "\n}";
    REQUIRE(server.ask("POST", "/api/v1/projects", object).status == 201);
    CHECK(policy_of(server, "one") == digest);

    JsonWriter text;
    text.begin_object().member("id", "two").member("policy", bytes).end_object();
    REQUIRE(server.ask("POST", "/api/v1/projects", std::move(text).take()).status == 201);
    CHECK(policy_of(server, "two") == digest);

    for (const char* project : {"one", "two"}) {
        const std::string path = std::string("/api/v1/projects/") + project + "/policy";
        REQUIRE(server.ask("PUT", path, bytes).status == 200);
        CHECK(policy_of(server, project) == digest);
        CHECK(server.ask("GET", path).body == bytes);
    }
}

TEST_CASE("a project without a policy, or with something else for it, is refused with the place") {
    TestServer server;
    server.sign_in("root", "admin");
    CHECK(server.ask("POST", "/api/v1/projects", R"({"id":"one"})").body.find(R"("field":"policy")") !=
          std::string::npos);
    CHECK(server.ask("POST", "/api/v1/projects", R"({"id":"one","policy":7})").body.find(R"("field":"policy")") !=
          std::string::npos);
    CHECK(server.ask("POST", "/api/v1/projects", R"({"id":"one","policy":"no"})").status == 400);
}

TEST_CASE("a cursor beyond every event's number is the request's mistake, not the server's end") {
    TestServer server;
    server.create_project("city", sample_policy());
    server.sign_in("ada", "reviewer");
    const std::string life = store::read_identity(*server.database).value().incarnation();
    for (const char* place : {"1099511627776", "9223372036854775807", "18446744073709551615"}) {
        const std::string project = "/api/v1/projects/city";
        CHECK(server.ask("GET", project + "/feed?cursor=" + life + ":1:" + place).status == 410);
        CHECK(server.ask("GET", project + "/snapshot?at=" + place).status >= 400);
        CHECK(server.ask("GET", project + "/snapshot?after=" + place).status != 500);
        CHECK(server.ask("GET", project + "/log/proof?seq=" + place).status < 500);
    }
}

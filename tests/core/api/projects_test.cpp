// Projects and policies over the API.

#include <catch_amalgamated.hpp>

#include "core/json/writer.h"
#include "core/policy/load.h"
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
    for (const char* after : {"1099511627776", "9223372036854775807"}) {
        const TestServer::Answer answer =
            server.ask("GET", std::string("/api/v1/projects/city/changes?after=") + after);
        CHECK(answer.status == 400);
        CHECK(answer.body.find("beyond any event's number") != std::string::npos);
        CHECK(server.ask("GET", std::string("/api/v1/projects/city/workset?after=") + after).status == 200);
    }
    CHECK(server.ask("GET", "/api/v1/projects/city/changes?after=1099511627775").status == 200);
}

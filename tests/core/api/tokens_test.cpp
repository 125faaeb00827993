// Service tokens, from the request that makes one to the one that it no longer opens.

#include <catch_amalgamated.hpp>

#include "core/api/rights.h"
#include "core/json/json.h"
#include "tests/support/server.h"

using namespace countersign;
using namespace countersign::testing;

namespace {

// A server with two projects; its admin is signed in.
struct World {
    World() {
        server.create_project("city", sample_policy());
        server.create_project("other", sample_policy());
        server.sign_in("root", "admin");
    }

    std::string make(const std::string& body) {
        const TestServer::Answer answer = server.ask("POST", "/api/v1/tokens", body);
        INFO(answer.body);
        REQUIRE(answer.status == 201);
        return *parse_json(answer.body).value().find("token")->string();
    }

    int import(const char* project, const char* id) {
        return server
            .ask("POST", std::string("/api/v1/projects/") + project + "/predictions",
                 sample_line(id, "text", "pothole", "0.5"), "application/jsonl")
            .status;
    }

    TestServer server;
};

}  // namespace

TEST_CASE("a token opens what its role may, in its project, until it ends or is revoked") {
    World world;
    const std::string token =
        world.make(R"({"name":"pipeline","role":"model_owner","project":"city","expires_in":"2d"})");
    CHECK(token.starts_with("cs_"));
    CHECK(token.size() == 67);
    world.server.sign_out();
    world.server.use_token(token);
    CHECK(world.import("city", "a") == 200);
    CHECK(world.import("other", "a") == 403);
    CHECK(world.server.ask("GET", "/api/v1/projects/city/export?status=open").status == 200);
    CHECK(world.server.ask("GET", "/api/v1/accounts").status == 403);
    CHECK(world.server.ask("POST", "/api/v1/projects/city/operations", "{}").status == 403);
    CHECK(world.server.ask("GET", "/api/v1/projects").body.find("other") == std::string::npos);
    world.server.clock.advance(Duration{2 * kDay_us - kSecond_us});
    CHECK(world.import("city", "b") == 200);
    world.server.clock.advance(Duration{kSecond_us});
    CHECK(world.import("city", "c") == 401);
}

TEST_CASE("a revoked token opens nothing at once, and its name may be given again") {
    World world;
    const std::string token = world.make(R"({"name":"pipeline","role":"model_owner"})");
    CHECK(world.server.ask("DELETE", "/api/v1/tokens/pipeline").status == 204);
    CHECK(world.server.ask("DELETE", "/api/v1/tokens/pipeline").status == 404);
    const std::string next = world.make(R"({"name":"pipeline","role":"model_owner"})");
    world.server.sign_out();
    world.server.use_token(token);
    CHECK(world.import("city", "a") == 401);
    world.server.use_token(next);
    CHECK(world.import("other", "a") == 200);
}

TEST_CASE("the store has a token's hash only, and no list shows a secret") {
    World world;
    const std::string token = world.make(R"({"name":"pipeline","role":"auditor"})");
    const TestServer::Answer list = world.server.ask("GET", "/api/v1/tokens");
    CHECK(list.body.find(R"("name":"pipeline")") != std::string::npos);
    CHECK(list.body.find(token.substr(3)) == std::string::npos);
    store::Statement row = world.server.database->prepare("SELECT token_hash FROM service_token").value();
    REQUIRE(row.step().value());
    CHECK(row.blob(0) == sha256(token).view());
}

TEST_CASE("no role lets a token review, and a token of one project makes no accounts or tokens") {
    for (const char* role : {"reviewer", "lead", "model_owner", "auditor", "admin"}) {
        for (const bool one_project : {false, true}) {
            const api::Principal token{ActorId("t"), "token", api::token_rights(role, one_project),
                                       one_project ? "city" : ""};
            INFO(role << ": " << token.scopes);
            CHECK(api::may(token, api::Right::read_project, "city"));
            CHECK_FALSE(api::may(token, api::Right::review, "city"));
            CHECK(api::may(token, api::Right::manage_accounts, "") ==
                  (std::string_view(role) == "admin" && !one_project));
            CHECK(api::may(token, api::Right::manage_projects, "") ==
                  (std::string_view(role) == "admin" && !one_project));
            CHECK(api::may(token, api::Right::manage_projects, "city") == (std::string_view(role) == "admin"));
        }
    }
}

TEST_CASE("what is wrong with a token's order is named with its place") {
    World world;

    struct Case {
        const char* body;
        int status;
        const char* field;
    };

    const Case cases[] = {{R"({"role":"auditor"})", 400, "name"},
                          {R"({"name":"a b","role":"auditor"})", 400, "name"},
                          {R"({"name":"a","role":"boss"})", 400, "role"},
                          {R"({"name":"a","role":"auditor","expires_in":"soon"})", 400, "expires_in"},
                          {R"({"name":"a","role":"auditor","expires_in":"9000d"})", 400, "expires_in"},
                          {R"({"name":"a","role":"auditor","project":"nowhere"})", 404, "project"},
                          {R"({"name":"root","role":"auditor"})", 409, "name"},
                          {R"({"name":"taken","role":"auditor"})", 409, "token"}};
    world.make(R"({"name":"taken","role":"auditor"})");
    for (const Case& one : cases) {
        INFO(one.body);
        const TestServer::Answer answer = world.server.ask("POST", "/api/v1/tokens", one.body);
        CHECK(answer.status == one.status);
        CHECK(*parse_json(answer.body).value().find("field")->string() == one.field);
    }
    const char* const account = R"({"account":"taken","role":"lead","password":"long enough it is"})";
    CHECK(world.server.ask("POST", "/api/v1/accounts", account).status == 409);
}

// The matrix of all routes and all roles. It is written out in full, so that a change of anybody's rights is a visible
// change of this file.

#include "core/api/rights.h"

#include <catch_amalgamated.hpp>

#include "core/api/routes.h"
#include "core/json/json.h"
#include "tests/support/approval.h"
#include "tests/support/server.h"

using namespace countersign;
using namespace countersign::testing;

TEST_CASE("who may call what is as approved, for every route and role") {
    static constexpr const char* kRoles[] = {"reviewer", "lead", "model_owner", "auditor", "admin"};
    std::string matrix;
    for (const api::Route& route : api::routes()) {
        matrix += std::string(route.method) + " " + std::string(route.pattern) + ":";
        for (const char* role : kRoles) {
            const api::Principal principal{ActorId("somebody"), role, {}, {}};
            matrix += api::may(principal, route.right, "city") ? std::string(" ") + role : "";
        }
        matrix += "\n";
    }
    CHECK(tests::differs_from_approved("rights.txt", matrix) == "");
}

TEST_CASE("a service token may only what its scopes name, and only in its project") {
    const api::Principal token{ActorId("pipeline"), "token", "write_predictions read_items", "city"};
    CHECK(api::may(token, api::Right::write_predictions, "city"));
    CHECK_FALSE(api::may(token, api::Right::write_predictions, "other"));
    CHECK_FALSE(api::may(token, api::Right::export_data, "city"));
    CHECK_FALSE(api::may(token, api::Right::review, "city"));
}

TEST_CASE("without a sign-in every route but the open ones answers 401, with a wrong role 403") {
    TestServer server;
    server.create_project("city", sample_policy());
    for (const api::Route& route : api::routes()) {
        std::string path(route.pattern);
        for (const auto& [part, value] : {std::pair{"{project}", "city"}, std::pair{"{item}", "msg-1"}}) {
            if (const size_t at = path.find(part); at != std::string::npos) {
                path.replace(at, std::string_view(part).size(), value);
            }
        }
        INFO(route.method << " " << path);
        if (route.right != api::Right::nobody_needed && route.lane != api::Lane::live) {
            CHECK(server.ask(route.method, path, "{}").status == 401);
        }
    }
    server.sign_in("ada", "reviewer");
    CHECK(server.ask("GET", "/api/v1/projects/city/export").status == 403);
    CHECK(server.ask("POST", "/api/v1/projects/city/predictions", "{}").status == 403);
}

TEST_CASE("an address that is not there answers 404, a wrong method 405 with the right ones") {
    TestServer server;
    server.sign_in("ada", "reviewer");
    CHECK(server.ask("GET", "/api/v1/nothing").status == 404);
    const TestServer::Answer wrong_method = server.ask("DELETE", "/api/v1/projects");
    CHECK(wrong_method.status == 405);
    CHECK(*parse_json(wrong_method.body).value().find("status")->integer() == 405);
}

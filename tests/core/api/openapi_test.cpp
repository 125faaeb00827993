// The OpenAPI document and the route table say the same: each route is described, with its right, and nothing else is.

#include <algorithm>
#include <set>

#include <catch_amalgamated.hpp>

#include "core/api/routes.h"
#include "core/json/json.h"
#include "tests/support/server.h"

using namespace countersign;
using namespace countersign::testing;

namespace {

std::string lower(std::string_view text) {
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return out;
}

}  // namespace

TEST_CASE("the OpenAPI document describes every route with its right, and nothing that is not there") {
    TestServer server;
    const TestServer::Answer answer = server.ask("GET", "/api/openapi.json");
    REQUIRE(answer.status == 200);
    const Json document = parse_json(answer.body).value();
    std::set<std::string> described;
    for (const JsonMember& path : *document.find("paths")->object()) {
        for (const JsonMember& method : *path.second.object()) {
            described.insert(method.first + " " + path.first + " " + *method.second.find("x-right")->string());
        }
    }
    std::set<std::string> routed;
    for (const api::Route& route : api::routes()) {
        routed.insert(lower(route.method) + " " + std::string(route.pattern) + " " +
                      std::string(api::right_name(route.right)));
    }
    CHECK(described == routed);
}

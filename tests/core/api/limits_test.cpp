// Limits of the API that bound what one request does: reached, told, and no loss.

#include <catch_amalgamated.hpp>

#include "core/api/authenticate.h"
#include "core/api/routes.h"
#include "tests/support/device.h"

using namespace countersign;
using namespace countersign::testing;

TEST_CASE("a push of more operations than one request may have goes on with the rest later") {
    TestServer server;
    server.settings.limits.operations_per_push = 3;
    server.create_project("city", sample_policy());
    std::string lines;
    for (int i = 0; i < 8; ++i) {
        lines += sample_line("msg-" + std::to_string(i), "A hole in the road", "pothole", "0.71");
    }
    server.ingest("city", lines);
    TestDevice ada(server, "ada", "city", 7);
    ada.settle();
    ada.transport.network = LoopbackTransport::Network::down;
    for (int i = 0; i < 8; ++i) {
        REQUIRE(ada.decide("msg-" + std::to_string(i), {.verdict = Verdict::accept, .active_ms = 1}).ok());
    }
    ada.settle();
    ada.transport.network = LoopbackTransport::Network::up;
    ada.client->poke();
    ada.settle();
    CHECK(ada.client->status().operations.on_device == 5);
    REQUIRE(ada.client->status().push_stopped);
    CHECK(ada.client->status().push_stopped->message.find("at most 3 operations") != std::string::npos);
    ada.settle_for(Duration{10 * kMinute_us});
    CHECK(ada.client->status().operations.on_device == 0);
    CHECK(ada.client->status().operations.saved == 8);
}

TEST_CASE("a session ends after its time") {
    TestServer server;
    server.settings.limits.session = Duration{kHour_us};
    server.sign_in("ada", "reviewer");
    server.clock.advance(Duration{kHour_us - kSecond_us});
    CHECK(server.ask("GET", "/api/v1/session").status == 200);
    server.clock.advance(Duration{2 * kSecond_us});
    const TestServer::Answer after = server.ask("GET", "/api/v1/session");
    CHECK(after.status == 401);
    CHECK(after.body.find("the session has ended; sign in again") != std::string::npos);
}

TEST_CASE("every route that changes something counts as more than a read") {
    for (const api::Route& route : api::routes()) {
        INFO(route.method << ' ' << route.pattern);
        CHECK((route.traffic == api::Traffic::reads) ==
              (route.method == "GET" && route.right != api::Right::export_data));
    }
}

TEST_CASE("a plan says who asks, by account and by token") {
    TestServer server;
    server.create_project("city", sample_policy());
    api::Workspace workspace = server.workspace();
    const auto caller = [&](std::vector<api::Header> headers) {
        api::RequestHead head;
        head.method = "GET";
        head.path = "/api/v1/server";
        head.headers = std::move(headers);
        return api::plan(head, workspace).caller;
    };
    CHECK(caller({}).empty());
    server.sign_in("ben", "admin");
    const auto made = server.ask("POST", "/api/v1/tokens", R"({"name":"pipeline","role":"model_owner"})");
    const std::string token = parse_json(made.body).value().text_of("token");
    CHECK(caller({{"authorization", "Bearer " + token}}) == "token pipeline");
    const std::string name = api::session_cookie_name(server.settings);
    CHECK(caller({{"cookie", name + "=" + server.cookies.at(name)}}) == "account ben");
}

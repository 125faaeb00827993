// Limits of the API that bound what one request does: reached, told, and no loss.

#include <catch_amalgamated.hpp>

#include "core/api/routes.h"
#include "core/sync/page.h"
#include "tests/support/device.h"
#include "tests/support/hand.h"

using namespace countersign;
using namespace countersign::testing;

TEST_CASE("a push of more operations than one request may have is sent in smaller ones") {
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
    CHECK_FALSE(ada.client->status().push_stopped);
    CHECK(ada.client->status().operations.on_device == 0);
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
    CHECK(server.ask("POST", "/api/v1/session", R"({"account":"ben","password":"secret"})").status == 200);
    std::string sent;
    for (const auto& [name, value] : server.cookies) {
        sent += (sent.empty() ? "" : "; ") + name + "=" + value;
    }
    CHECK(caller({{"cookie", sent}}) == "account ben");
}

namespace {

struct City {
    City() {
        set_up_city(server);
        ada.hello();
    }

    TestServer::Answer ask_leases(const std::string& rest) {
        ada.sign_in();
        return server.ask("POST", "/api/v1/projects/city/leases",
                          R"({"stream":")" + ada.stream.text + "\"," + rest + "}");
    }

    api::ApiLimits& limits() { return server.settings.limits; }

    TestServer server;
    Hand ada{server, "ada", 5};
};

}  // namespace

TEST_CASE("a line of a push that is too long is told with its number, and nothing of the push is taken") {
    City city;
    city.ada.seal("msg-1", city.ada.review("msg-1"));
    city.ada.seal("msg-2", city.ada.review("msg-2"));
    CHECK(city.ada.push().status == 200);
    city.limits().operation_line_bytes = 1'200;
    city.ada.seal_bytes(std::string(1'300, 'x'));
    const TestServer::Answer refused = city.ada.send(city.ada.batch());
    CHECK(refused.status == 413);
    CHECK(refused.body.find("of at most 1200 bytes") != std::string::npos);
    CHECK(parse_json(refused.body).value().text_of("field") == "line 2");
}

TEST_CASE("an answer of the feed has as many events as it may, and the rest of their last commit") {
    City city;
    const auto pages = [&](const std::string& name) {
        std::string cursor =
            sync::read_page_end(city.server.ask("GET", "/api/v1/projects/city/snapshot").body).value().cursor;
        city.server.ingest(
            "city", sample_line(name + "-1", "A", "drain", "0.7") + sample_line(name + "-2", "B", "drain", "0.7"));
        city.server.ingest("city", sample_line(name + "-3", "C", "drain", "0.7"));
        int count = 0;
        for (bool more = true; more; ++count) {
            const auto end =
                sync::read_page_end(city.server.ask("GET", "/api/v1/projects/city/feed?cursor=" + cursor).body).value();
            more = end.more;
            cursor = end.cursor;
        }
        return count;
    };
    city.ada.sign_in();
    CHECK(pages("one") == 1);
    city.limits().feed_events = 1;
    CHECK(pages("two") > 1);
}

TEST_CASE("leases: how many at once, how long by themselves, and how long at most") {
    City city;
    city.limits().leases = 1;
    const TestServer::Answer many = city.ask_leases(R"("items":["msg-1","msg-2"])");
    CHECK(many.status == 400);
    CHECK(many.body.find("at most 1") != std::string::npos);
    city.limits().lease = Duration{2 * kMinute_us};
    CHECK(city.ask_leases(R"("items":["msg-1"])").body.find("\"ttl_ms\":120000") != std::string::npos);
    city.limits().longest_lease = Duration{kHour_us};
    const TestServer::Answer longer = city.ask_leases(R"("items":["msg-2"],"for":"2h")");
    CHECK(longer.status == 400);
    CHECK(longer.body.find("must be a time from 1m to 1h") != std::string::npos);
}

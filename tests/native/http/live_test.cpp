// Live connections: opened, poked, coalesced, kept alive, dropped when slow, closed in time.

#include <catch_amalgamated.hpp>

#include "core/base/concat.h"
#include "tests/native/http/support.h"

using namespace countersign;
using namespace countersign::http;
using namespace countersign::http::test;

namespace {

// /live/PROJECT is the event stream of PROJECT; everything else echoes.
class LiveHandler {
public:
    LiveHandler() {
        functions.on_plan = [](const api::RequestHead& head) {
            api::Plan plan;
            plan.body_limit_bytes = 1'000;
            if (head.path.starts_with("/live/")) {
                plan.lane = api::Lane::live;
                plan.live_project = head.path.substr(6);
            }
            return plan;
        };
    }

    FunctionHandler functions;
    WriterThread writer;
};

std::string next_message(RawClient& client) {
    return client.receive_until("\n\n");
}

RawClient listener(const Server& server, std::string_view project, int receive_buffer = 0) {
    RawClient client(server.port(), receive_buffer);
    client.send(get_request(concat("/live/", project)));
    const std::string head = client.receive_until("\r\n\r\n");
    CHECK(head.starts_with("HTTP/1.1 200 OK\r\n"));
    CHECK(head.find("content-type: text/event-stream\r\n") != std::string::npos);
    CHECK(next_message(client) == ": open\n\n");
    return client;
}

}  // namespace

TEST_CASE("a poke reaches every live connection of its project and no other") {
    LiveHandler handler;
    const auto server = start_server(handler.functions, handler.writer);
    std::vector<RawClient> ours;
    ours.reserve(8);
    for (int i = 0; i < 8; ++i) {
        ours.push_back(listener(*server, "city"));
    }
    RawClient theirs = listener(*server, "other%20%22one%22");
    CHECK(server->metrics().live_open == 9);
    server->poke("city", 17);
    for (RawClient& client : ours) {
        CHECK(next_message(client) == "event: poke\ndata: {\"project\":\"city\",\"seq\":17}\n\n");
    }
    server->poke("other \"one\"", 3);
    CHECK(next_message(theirs) == "event: poke\ndata: {\"project\":\"other \\\"one\\\"\",\"seq\":3}\n\n");
    ours.clear();
    CHECK(eventually([&] { return server->metrics().live_open == 1; }));
    CHECK(server->metrics().connections_open == 1);
    server->poke("nobody listens", 1);
}

TEST_CASE("pokes from many threads coalesce, and the last number always arrives") {
    LiveHandler handler;
    const auto server = start_server(handler.functions, handler.writer);
    RawClient client = listener(*server, "city");
    constexpr uint64_t kEach = 5'000;
    std::vector<std::thread> threads;
    threads.reserve(4);
    for (uint64_t t = 0; t < 4; ++t) {
        threads.emplace_back([&, t] {
            for (uint64_t i = 1; i <= kEach; ++i) {
                server->poke("city", i * 4 + t);
            }
        });
    }
    for (std::thread& thread : threads) {
        thread.join();
    }
    const std::string last = concat("\"seq\":", kEach * 4 + 3, "}");
    size_t messages = 1;
    while (next_message(client).find(last) == std::string::npos) {
        ++messages;
    }
    CHECK(messages < 4 * kEach);
    WARN(4 * kEach << " pokes became " << messages << " messages");
}

TEST_CASE("a quiet live connection gets a heartbeat") {
    LiveHandler handler;
    Limits limits = quick_limits();
    limits.live_heartbeat = 20ms;
    const auto server = start_server(handler.functions, handler.writer, limits);
    RawClient client = listener(*server, "city");
    CHECK(next_message(client) == ":\n\n");
    CHECK(next_message(client) == ":\n\n");
}

TEST_CASE("a live connection is closed when its time is over") {
    LiveHandler handler;
    Limits limits = quick_limits();
    limits.live_time = 50ms;
    const auto server = start_server(handler.functions, handler.writer, limits);
    RawClient client = listener(*server, "city");
    CHECK(client.receive_all().empty());
    CHECK(eventually([&] { return server->metrics().live_open == 0; }));
}

TEST_CASE("a listener that takes nothing is dropped, holds one number meanwhile, and others do not notice") {
    LiveHandler handler;
    Limits limits = quick_limits();
    limits.live_write_time = 200ms;
    const auto server = start_server(handler.functions, handler.writer, limits);
    // A long name fills the system's buffers soon.
    const std::string project(7'000, 'p');
    RawClient slow = listener(*server, project, 4'096);
    RawClient quick = listener(*server, project);
    uint64_t seq = 0;
    while (server->metrics().rejected_for(Rejected::slow_listener) == 0) {
        server->poke(project, ++seq);
        const std::string message = next_message(quick);
        REQUIRE(message.find("\"seq\":") != std::string::npos);
    }
    CHECK(eventually([&] { return server->metrics().live_open == 1; }));
    CHECK(server->metrics().rejected_for(Rejected::slow_listener) == 1);
}

TEST_CASE("a listener may not talk without end") {
    LiveHandler handler;
    const auto server = start_server(handler.functions, handler.writer);
    RawClient client = listener(*server, "city");
    client.send(std::string(100'000, 'x'));
    CHECK(eventually([&] { return server->metrics().live_open == 0; }));
}

TEST_CASE("a HEAD for an event stream gets its headers and the connection ends") {
    LiveHandler handler;
    const auto server = start_server(handler.functions, handler.writer, quick_limits());
    RawClient client(server->port());
    client.send("HEAD /live/city HTTP/1.1\r\nHost: x\r\n\r\n");
    CHECK(client.receive(true).headers.at("content-type") == "text/event-stream");
    CHECK(client.at_end());
    CHECK(server->metrics().live_open == 0);
}

TEST_CASE("stopping closes live connections at once") {
    LiveHandler handler;
    auto server = start_server(handler.functions, handler.writer, quick_limits());
    std::vector<RawClient> clients;
    clients.reserve(4);
    for (int i = 0; i < 4; ++i) {
        clients.push_back(listener(*server, "city"));
    }
    server->request_stop();
    for (RawClient& client : clients) {
        CHECK(client.receive_all().empty());
    }
    server->wait();
    server->poke("city", 1);  // to nobody
    CHECK(server->metrics().live_open == 0);
}

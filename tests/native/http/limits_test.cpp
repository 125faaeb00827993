// Limits: who is turned away or cut off, with which words, and that others do not notice. Deadlines are shortened; the
// tests wait for what happens, not for time.

#include <catch_amalgamated.hpp>
#include <sys/resource.h>

#include "core/base/concat.h"
#include "tests/native/http/support.h"

using namespace countersign;
using namespace countersign::http;
using namespace countersign::http::test;

namespace {

// Sends one byte after the other until the server has had enough and answers.
Answer drip(RawClient& client, std::string_view start) {
    client.send(start);
    while (!client.has_answer(1ms)) {
        client.send("b");
    }
    return client.receive();
}

}  // namespace

TEST_CASE("a head that drips in is answered with 408 at its deadline, however steadily it drips") {
    Limits limits = quick_limits();
    limits.head_time = 100ms;
    FunctionHandler handler;
    WriterThread writer;
    const auto server = start_server(handler, writer, limits);
    RawClient client(server->port());
    const auto answer = drip(client, "GET / HTTP/1.1\r\nHost: x\r\nA: ");
    CHECK(answer.status == 408);
    CHECK(answer.body.find("did not come within 100 ms") != std::string::npos);
    CHECK(client.at_end());
    CHECK(server->metrics().rejected_for(Rejected::head_time) == 1);
}

TEST_CASE("a silent connection is closed without a word after the idle time") {
    Limits limits = quick_limits();
    limits.idle_time = 50ms;
    FunctionHandler handler;
    WriterThread writer;
    const auto server = start_server(handler, writer, limits);
    RawClient fresh(server->port());
    CHECK(fresh.receive_all().empty());
    RawClient used(server->port());
    used.send(get_request("/"));
    CHECK(used.receive().status == 200);
    CHECK(used.receive_all().empty());
}

TEST_CASE("a body that comes below the least rate is answered with 408") {
    Limits limits = quick_limits();
    limits.body_grace = 100ms;
    limits.body_bytes_per_s = 1'000'000;
    FunctionHandler handler;
    WriterThread writer;
    const auto server = start_server(handler, writer, limits);
    RawClient client(server->port());
    const auto answer = drip(client, "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n");
    CHECK(answer.status == 408);
    CHECK(answer.body.find("at least 1000000 bytes a second") != std::string::npos);
    CHECK(server->metrics().rejected_for(Rejected::body_time) == 1);
}

TEST_CASE("a body within the rate is still bounded by the request's deadline") {
    Limits limits = quick_limits();
    limits.body_bytes_per_s = 1;
    limits.request_time = 100ms;
    FunctionHandler handler;
    WriterThread writer;
    const auto server = start_server(handler, writer, limits);
    RawClient client(server->port());
    CHECK(drip(client, "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n").status == 408);
}

TEST_CASE("a streamed body has a deadline of its own") {
    class Endless final : public BodySink {
    public:
        void take(std::string, Taken taken) override { taken(success()); }

        void finish(Reply reply) override { reply(text_response("all")); }
    };

    Limits limits = quick_limits();
    limits.body_bytes_per_s = 1;
    limits.request_time = 1ms;
    limits.streamed_request_time = 200ms;
    FunctionHandler handler;
    handler.on_plan = [](const api::RequestHead&) {
        api::Plan plan;
        plan.streamed_body = true;
        plan.body_limit_bytes = 1'000'000;
        return plan;
    };
    handler.on_open = [](const api::RequestHead&) -> Result<std::unique_ptr<BodySink>> {
        return std::unique_ptr<BodySink>(std::make_unique<Endless>());
    };
    WriterThread writer;
    const auto server = start_server(handler, writer, limits);
    RawClient client(server->port());
    const Answer answer = drip(client, "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n");
    CHECK(answer.status == 408);
    CHECK(answer.body.find("the body came too slowly") != std::string::npos);
}

TEST_CASE("a refused request's rest is thrown away to keep the connection, if it is short") {
    Limits limits = quick_limits();
    limits.drained_bytes = 1'000;
    FunctionHandler handler;
    handler.on_plan = [](const api::RequestHead& head) {
        api::Plan plan;
        if (head.path == "/no") {
            plan.refusal = text_response("no", 403);
        }
        return plan;
    };
    WriterThread writer;
    const auto server = start_server(handler, writer, limits);
    RawClient client(server->port());
    client.send(post_request("/no", std::string(1'000, 'x')) + get_request("/next"));
    CHECK(client.receive().status == 403);
    CHECK(client.receive().status == 200);
    client.send(post_request("/no", std::string(1'001, 'x')) + get_request("/next"));
    const Answer last = client.receive();
    CHECK(last.status == 403);
    CHECK(last.headers.at("connection") == "close");
    CHECK(client.at_end());
}

TEST_CASE("after a last answer the server waits for the client to read it, and not for ever") {
    Limits limits = quick_limits();
    limits.linger_time = 150ms;
    FunctionHandler handler;
    WriterThread writer;
    const auto server = start_server(handler, writer, limits);
    RawClient client(server->port());
    client.send("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    CHECK(client.receive().status == 200);
    // The client keeps its side open and says nothing.
    CHECK(eventually([&] { return server->metrics().connections_open == 0; }));
}

TEST_CASE("an answer that does not come in time is a 503, and the late answer falls on the floor") {
    Limits limits = quick_limits();
    limits.request_time = 100ms;
    FunctionHandler handler;
    handler.on_plan = [](const api::RequestHead&) {
        api::Plan plan;
        plan.lane = api::Lane::writer;
        plan.body_limit_bytes = 100;
        return plan;
    };
    WriterThread writer;
    writer.hold(true);
    const auto server = start_server(handler, writer, limits);
    RawClient client(server->port());
    client.send(post_request("/push", "x"));
    const auto answer = client.receive();
    CHECK(answer.status == 503);
    CHECK(answer.headers.contains("retry-after"));
    CHECK(client.at_end());
    writer.hold(false);
    CHECK(eventually([&] { return writer.waiting() == 0 && server->metrics().connections_open == 0; }));
    CHECK(server->metrics().rejected_for(Rejected::request_time) == 1);
}

TEST_CASE("a client that does not take its answer is cut off, and its answer is let go") {
    Limits limits = quick_limits();
    limits.answer_grace = 100ms;
    limits.answer_bytes_per_s = 1'000'000'000;
    FunctionHandler handler;
    handler.on_answer = [](const api::RequestHead&, const std::string&, const Reply& reply) {
        std::string large;
        large.resize(50'000'000, 'x');
        reply(text_response(std::move(large)));
    };
    WriterThread writer;
    const auto server = start_server(handler, writer, limits);
    RawClient client(server->port(), 4'096);
    client.send(get_request("/large"));
    CHECK(eventually([&] { return server->metrics().rejected_for(Rejected::slow_reader) == 1; }));
    CHECK(eventually([&] { return server->metrics().connections_open == 0; }));
    CHECK(client.receive_all().size() < 50'000'000);
}

TEST_CASE("one connection too many gets 503 with Retry-After, and a place that is given back is free again") {
    Limits limits = quick_limits();
    limits.connections = 10;
    FunctionHandler handler;
    WriterThread writer;
    const auto server = start_server(handler, writer, limits);
    std::vector<RawClient> clients;
    for (int i = 0; i < 10; ++i) {
        clients.emplace_back(server->port());
        clients.back().send(get_request("/"));
        REQUIRE(clients.back().receive().status == 200);
    }
    RawClient one_more(server->port());
    one_more.send(post_request("/", std::string(1'000, 'x')));
    const auto answer = one_more.receive();
    CHECK(answer.status == 503);
    CHECK(answer.headers.at("retry-after") == "5");
    CHECK(answer.headers.at("content-type") == "application/problem+json");
    CHECK(answer.body.find("the 10 connections") != std::string::npos);
    CHECK(one_more.at_end());
    CHECK(server->metrics().rejected_for(Rejected::connections) == 1);
    for (RawClient& client : clients) {
        client.send(get_request("/"));
        CHECK(client.receive().status == 200);  // those inside notice nothing
    }
    clients.pop_back();
    REQUIRE(eventually([&] { return server->metrics().connections_open == 9; }));
    CHECK(ask(server->port(), get_request("/")).status == 200);
}

TEST_CASE("one address may only hold its share") {
    Limits limits = quick_limits();
    limits.connections_per_address = 3;
    limits.count_loopback = true;
    FunctionHandler handler;
    WriterThread writer;
    const auto server = start_server(handler, writer, limits);
    std::vector<RawClient> clients;
    for (int i = 0; i < 3; ++i) {
        clients.emplace_back(server->port());
        clients.back().send(get_request("/"));
        REQUIRE(clients.back().receive().status == 200);
    }
    RawClient fourth(server->port());
    const auto answer = fourth.receive();
    CHECK(answer.status == 503);
    CHECK(answer.body.find("3 connections from this address") != std::string::npos);
    CHECK(server->metrics().rejected_for(Rejected::address) == 1);
}

TEST_CASE("a crowd of slow clients of every kind is cut off while others are served") {
    Limits limits = quick_limits();
    limits.head_time = 300ms;
    limits.body_grace = 300ms;
    limits.answer_grace = 300ms;
    limits.answer_bytes_per_s = 1'000'000'000;
    limits.body_bytes_per_s = 1'000'000;
    FunctionHandler handler;
    handler.on_answer = [](const api::RequestHead& head, const std::string&, const Reply& reply) {
        reply(text_response(std::string(head.path == "/large" ? 20'000'000 : 10, 'x')));
    };
    WriterThread writer;
    const auto server = start_server(handler, writer, limits);
    std::vector<RawClient> slow;
    for (int i = 0; i < 60; ++i) {
        slow.emplace_back(server->port(), 4'096);
        slow.back().send(i % 3 == 0   ? "GET / HTTP/1.1\r\nHost:"
                         : i % 3 == 1 ? "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\nabc"
                                      : get_request("/large"));
    }
    const auto cut_off = [&] {
        const Metrics& metrics = server->metrics();
        return metrics.rejected_for(Rejected::head_time) + metrics.rejected_for(Rejected::body_time) +
               metrics.rejected_for(Rejected::slow_reader);
    };
    RawClient reviewer(server->port());
    size_t served = 0;
    while (cut_off() < 60) {
        reviewer.send(get_request("/next"));
        REQUIRE(reviewer.receive().status == 200);
        ++served;
    }
    CHECK(served > 20);
    CHECK(server->metrics().rejected_for(Rejected::head_time) == 20);
    CHECK(server->metrics().rejected_for(Rejected::body_time) == 20);
    CHECK(server->metrics().rejected_for(Rejected::slow_reader) == 20);
}

TEST_CASE("a pipeline of a thousand requests in one packet is answered in order while others are served") {
    FunctionHandler handler;
    handler.on_answer = [](const api::RequestHead& head, const std::string&, const Reply& reply) {
        reply(text_response(std::string(head.path)));
    };
    WriterThread writer;
    const auto server = start_server(handler, writer);
    RawClient client(server->port());
    std::string requests;
    for (int i = 0; i < 1'000; ++i) {
        requests += get_request(concat("/", i));
    }
    std::thread sender([&] { client.send(requests); });
    CHECK(ask(server->port(), get_request("/other")).status == 200);
    for (int i = 0; i < 1'000; ++i) {
        REQUIRE(client.receive().body == concat("/", i));
    }
    sender.join();
}

TEST_CASE("the server lowers its connections to what the process may open") {
    rlimit before{};
    REQUIRE(::getrlimit(RLIMIT_NOFILE, &before) == 0);
    rlimit low = before;
    low.rlim_cur = 400;
    REQUIRE(::setrlimit(RLIMIT_NOFILE, &low) == 0);
    FunctionHandler handler;
    WriterThread writer;
    Limits limits;
    limits.connections = 100'000'000;
    {
        const auto server = start_server(handler, writer, limits);
        CHECK(server->connection_limit() == std::min<rlim_t>(before.rlim_max, 100'000'128) - 128);
        rlimit now{};
        ::getrlimit(RLIMIT_NOFILE, &now);
        CHECK(now.rlim_cur == before.rlim_max);  // raised as far as it goes
    }
    ::setrlimit(RLIMIT_NOFILE, &before);
}

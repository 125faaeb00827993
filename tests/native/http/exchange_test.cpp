// How requests reach the handler and answers reach the client: lanes, bodies, order.

#include <atomic>

#include <catch_amalgamated.hpp>

#include "core/base/concat.h"
#include "native/http/status.h"
#include "tests/native/http/support.h"

using namespace countersign;
using namespace countersign::http;
using namespace countersign::http::test;

namespace {

api::Plan plan_for(api::Lane lane, uint64_t limit = 1 << 20, bool streamed = false) {
    api::Plan plan;
    plan.lane = lane;
    plan.body_limit_bytes = limit;
    plan.streamed_body = streamed;
    return plan;
}

}  // namespace

TEST_CASE("a request reaches the handler decoded, with query, headers and peer") {
    FunctionHandler handler;
    handler.on_answer = [](const api::RequestHead& head, const std::string& body, const Reply& reply) {
        std::string text = concat(head.method, ' ', head.path, ' ', head.remote, '\n', body, '\n');
        for (const auto& [name, value] : head.query) {
            text += concat("query ", name, '=', value, '\n');
        }
        for (const auto& [name, value] : head.headers) {
            text += concat(name, ": ", value, '\n');
        }
        reply(text_response(text, 201));
    };
    WriterThread writer;
    const auto server = start_server(handler, writer);
    const auto answer = ask(
        server->port(), post_request("/a%C3%A9?x=1+2%2B&y&=z&x=%F0%9F%98%80", "body", "X-Thing:  two words \t\r\n"));
    CHECK(answer.status == 201);
    CHECK(answer.headers.at("content-type") == "text/plain");
    CHECK(answer.headers.at("date").ends_with(" GMT"));
    CHECK_FALSE(answer.headers.contains("connection"));
    CHECK(answer.body ==
          "POST /a\xc3\xa9 127.0.0.1\nbody\nquery x=1 2+\nquery y=\nquery =z\nquery x=\xf0\x9f\x98\x80\n"
          "host: localhost\ncontent-length: 4\nx-thing: two words\n");
}

TEST_CASE("a connection is kept for many requests") {
    FunctionHandler handler;
    WriterThread writer;
    const auto server = start_server(handler, writer);
    RawClient client(server->port());
    for (int i = 0; i < 100; ++i) {
        REQUIRE(client.send(post_request("/x", std::string(static_cast<size_t>(i) * 300, 'b'))));
        REQUIRE(client.receive().body.size() == 8 + static_cast<size_t>(i) * 300);
    }
    CHECK(server->metrics().connections_accepted == 1);
}

TEST_CASE("HEAD gets the headers of GET and no body") {
    FunctionHandler handler;
    WriterThread writer;
    const auto server = start_server(handler, writer);
    RawClient client(server->port());
    client.send("HEAD /x HTTP/1.1\r\nHost: a\r\n\r\n" + get_request("/y"));
    CHECK(client.receive(true).headers.at("content-length") == "7");
    CHECK(client.receive().body == "GET /y\n");
}

TEST_CASE("a handler may answer later and from another thread, and pipelined answers keep their order") {
    FunctionHandler handler;
    std::vector<std::thread> threads;
    std::mutex mutex;
    handler.on_answer = [&](const api::RequestHead& head, const std::string&, const Reply& reply) {
        const std::lock_guard lock(mutex);
        threads.emplace_back([path = head.path, reply] { reply(text_response(path)); });
    };
    WriterThread writer;
    const auto server = start_server(handler, writer);
    RawClient client(server->port());
    client.send(get_request("/1") + get_request("/2") + get_request("/3"));
    CHECK(client.receive().body == "/1");
    CHECK(client.receive().body == "/2");
    CHECK(client.receive().body == "/3");
    for (std::thread& thread : threads) {
        thread.join();
    }
}

TEST_CASE("a handler that drops its reply is a 500, not a client that waits") {
    FunctionHandler handler;
    handler.on_answer = [](const api::RequestHead&, const std::string&, const Reply&) {};
    WriterThread writer;
    const auto server = start_server(handler, writer);
    RawClient client(server->port());
    client.send(get_request("/x"));
    const auto answer = client.receive();
    CHECK(answer.status == 500);
    CHECK(answer.body.find("the request was not answered") != std::string::npos);
}

TEST_CASE("an answer on the writer lane leaves only after the commit, and not at all when that fails") {
    FunctionHandler handler;
    std::atomic<int> answered = 0;
    handler.on_plan = [](const api::RequestHead&) { return plan_for(api::Lane::writer); };
    handler.on_answer = [&](const api::RequestHead&, std::string body, const Reply& reply) {
        ++answered;
        reply(text_response(std::move(body)));
    };
    WriterThread writer;
    const auto server = start_server(handler, writer);
    writer.hold(true);
    std::vector<RawClient> clients;
    for (int i = 0; i < 10; ++i) {
        clients.emplace_back(server->port());
        clients.back().send(post_request("/push", concat("decision ", i)));
    }
    REQUIRE(eventually([&] { return writer.waiting() == 10; }));
    CHECK(answered == 0);
    CHECK(server->metrics().requests_total() == 0);
    writer.hold(false);
    for (int i = 0; i < 10; ++i) {
        CHECK(clients[static_cast<size_t>(i)].receive().body == concat("decision ", i));
    }
    CHECK(writer.commits() == 1);  // one transaction for all that waited

    writer.fail_commits(fail(ErrorCode::unavailable, "the disk is full"));
    clients[0].send(post_request("/push", "lost"));
    const auto refused = clients[0].receive();
    CHECK(refused.status == 503);
    CHECK(refused.body.find("the disk is full") != std::string::npos);
    CHECK(refused.body.find("lost") == std::string::npos);
}

TEST_CASE("a full writer queue is a 503 with Retry-After, on a connection that is kept") {
    FunctionHandler handler;
    handler.on_plan = [](const api::RequestHead& head) {
        return plan_for(head.path == "/push" ? api::Lane::writer : api::Lane::reader);
    };
    WriterThread writer(1);
    const auto server = start_server(handler, writer);
    writer.hold(true);
    RawClient first(server->port());
    first.send(post_request("/push", "1"));
    REQUIRE(eventually([&] { return writer.waiting() == 1; }));
    RawClient second(server->port());
    second.send(post_request("/push", "2") + get_request("/still"));
    const auto refused = second.receive();
    CHECK(refused.status == 503);
    CHECK(refused.headers.at("retry-after") == "5");
    CHECK(second.receive().status == 200);
    CHECK(server->metrics().rejected_for(Rejected::writer_queue) == 1);
    writer.hold(false);
    CHECK(first.receive().status == 200);
}

TEST_CASE("a client that waits for 100 Continue gets it only when its body is wanted") {
    FunctionHandler handler;
    handler.on_plan = [](const api::RequestHead& head) {
        api::Plan plan = plan_for(api::Lane::reader, 1'000);
        if (head.path == "/no") {
            plan.refusal = text_response("sign in first", 401);
        }
        return plan;
    };
    WriterThread writer;
    const auto server = start_server(handler, writer, quick_limits());
    const auto head = [](std::string_view path, int length) {
        return concat("POST ", path, " HTTP/1.1\r\nHost: x\r\nExpect: 100-Continue\r\nContent-Length: ", length,
                      "\r\n\r\n");
    };
    RawClient client(server->port());
    client.send(head("/yes", 5));
    CHECK(client.receive().status == 100);
    client.send("hello");
    CHECK(client.receive().body == "POST /yes\nhello");
    // Already sent: no invitation.
    client.send(head("/yes", 2) + "hi");
    CHECK(client.receive().status == 200);
    client.send(head("/no", 5));
    const auto refused = client.receive();
    CHECK(refused.status == 401);
    CHECK(refused.headers.at("connection") == "close");
    CHECK(client.at_end());
    RawClient large(server->port());
    large.send(head("/yes", 5'000));
    CHECK(large.receive().status == 413);
}

TEST_CASE("a refusal by the plan keeps the connection when the body is small, and ends it when it is not") {
    FunctionHandler handler;
    handler.on_plan = [](const api::RequestHead&) {
        api::Plan plan;
        plan.refusal = text_response("sign in first", 401);
        return plan;
    };
    WriterThread writer;
    const auto server = start_server(handler, writer, quick_limits());
    RawClient client(server->port());
    client.send(post_request("/a", std::string(60'000, 'x')) + post_request("/b", ""));
    CHECK_FALSE(client.receive().headers.contains("connection"));
    CHECK(client.receive().status == 401);
    client.send(post_request("/c", std::string(70'000, 'x')));
    CHECK(client.receive().headers.at("connection") == "close");
    CHECK(client.at_end());
}

TEST_CASE("a header that would break out of its line becomes a 500") {
    FunctionHandler handler;
    handler.on_answer = [](const api::RequestHead& head, const std::string&, const Reply& reply) {
        api::Response response = text_response("x");
        response.headers.emplace_back("x-echo",
                                      header_value(head.headers, "x-echo") == "1" ? "a\r\nset-cookie: b" : "fine");
        response.headers.emplace_back("content-length", "7");
        reply(std::move(response));
    };
    WriterThread writer;
    const auto server = start_server(handler, writer);
    const auto bad = ask(server->port(), get_request("/x", "X-Echo: 1\r\n"));
    CHECK(bad.status == 500);
    CHECK_FALSE(bad.headers.contains("set-cookie"));
    const auto good = ask(server->port(), get_request("/x"));
    CHECK(good.headers.at("x-echo") == "fine");
    CHECK(good.headers.at("content-length") == "1");  // the carrier's, not the handler's
}

TEST_CASE("answers without content have neither body nor length") {
    FunctionHandler handler;
    handler.on_answer = [](const api::RequestHead& head, const std::string&, const Reply& reply) {
        reply(text_response("must not be sent", head.path == "/204" ? 204 : 304));
    };
    WriterThread writer;
    const auto server = start_server(handler, writer);
    RawClient client(server->port());
    for (const auto& [path, status] : {std::pair("/204", 204), std::pair("/304", 304), std::pair("/204", 204)}) {
        client.send(get_request(path));
        const auto answer = client.receive();
        CHECK(answer.status == status);
        CHECK_FALSE(answer.headers.contains("content-length"));
    }
}

TEST_CASE("requests for another host than the allowed ones get 421") {
    FunctionHandler handler;
    WriterThread writer;
    ServerOptions options;
    options.port = 0;
    options.threads = 1;
    options.allowed_hosts = {"localhost", "127.0.0.1"};
    const auto server = Server::start(options, handler, writer).value();
    CHECK(ask(server->port(), get_request("/")).status == 200);
    CHECK(ask(server->port(), "GET / HTTP/1.1\r\nHost: LocalHost:8080\r\n\r\n").status == 200);
    CHECK(ask(server->port(), "GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n").status == 421);
}

TEST_CASE("only a trusted proxy is believed about who asks, and only as far as proxies are trusted") {
    struct Case {
        std::string_view headers;
        std::string_view remote;
    };

    const Case one =
        GENERATE(values<Case>({{"", "127.0.0.1"},
                               {"X-Forwarded-For: 203.0.113.7\r\n", "203.0.113.7"},
                               {"X-Forwarded-For: 198.51.100.1, 203.0.113.7\r\n", "203.0.113.7"},
                               {"X-Forwarded-For: 203.0.113.7, 10.0.0.1\r\n", "203.0.113.7"},
                               {"X-Forwarded-For: 203.0.113.7\r\nX-Forwarded-For: 10.0.0.1\r\n", "203.0.113.7"},
                               {"X-Forwarded-For: 2001:db8::7\r\n", "2001:db8::7"},
                               {"X-Forwarded-For: nonsense\r\n", "127.0.0.1"},
                               {"X-Forwarded-For: nonsense, 10.0.0.1\r\n", "10.0.0.1"}}));
    CAPTURE(one.headers);
    FunctionHandler handler;
    handler.on_answer = [](const api::RequestHead& head, const std::string&, const Reply& reply) {
        reply(text_response(head.remote));
    };
    WriterThread writer;
    ServerOptions options;
    options.port = 0;
    options.threads = 1;
    {
        const auto server = Server::start(options, handler, writer).value();
        CHECK(ask(server->port(), get_request("/", one.headers)).body == "127.0.0.1");  // trusts nobody
    }
    options.trusted_proxies = {"127.0.0.1", "10.0.0.1"};
    const auto server = Server::start(options, handler, writer).value();
    CHECK(ask(server->port(), get_request("/", one.headers)).body == one.remote);
}

TEST_CASE("a log is told of each answer") {
    FunctionHandler handler;
    handler.on_plan = [](const api::RequestHead&) { return plan_for(api::Lane::writer); };
    WriterThread writer;
    std::mutex mutex;
    std::vector<std::string> lines;
    ServerOptions options;
    options.port = 0;
    options.threads = 1;
    options.on_served = [&](const Served& served) {
        const std::lock_guard lock(mutex);
        CHECK(served.duration_us >= 0);
        lines.push_back(concat(served.remote, ' ', served.method, ' ', served.target, ' ', served.status));
    };
    {
        const auto server = Server::start(options, handler, writer).value();
        ask(server->port(), post_request("/a?b=%20", "x"));
        RawClient client(server->port());
        client.send("HEAD /c HTTP/1.1\r\nHost: x\r\n\r\n");
        client.receive(true);
        ask(server->port(), "GET / HTTP/1.1\r\nHost : x\r\n\r\n");
    }
    CHECK(lines ==
          std::vector<std::string>{"127.0.0.1 POST /a?b=%20 200", "127.0.0.1 HEAD /c 200", "127.0.0.1 GET / 400"});
}

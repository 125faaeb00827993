// How requests reach the handler and answers reach the client: lanes, bodies, streams, order.

#include <atomic>
#include <numeric>

#include <catch_amalgamated.hpp>

#include "core/base/concat.h"
#include "native/http/lane_sink.h"
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

// Gives pieces of a size until a count is reached, and tells how far it was asked.
class CountedSource final : public api::BodySource {
public:
    CountedSource(size_t piece_bytes, size_t pieces, std::atomic<size_t>& given, std::atomic<bool>& gone)
        : piece_bytes_(piece_bytes), pieces_(pieces), given_(given), gone_(gone) {}

    ~CountedSource() override { gone_ = true; }

    Result<bool> next(std::string& out) override {
        if (given_ == pieces_) {
            return false;
        }
        out.append(piece_bytes_, static_cast<char>('a' + given_ % 26));
        ++given_;
        return true;
    }

private:
    size_t piece_bytes_;
    size_t pieces_;
    std::atomic<size_t>& given_;
    std::atomic<bool>& gone_;
};

class BrokenSource final : public api::BodySource {
public:
    explicit BrokenSource(int good) : good_(good) {}

    Result<bool> next(std::string& out) override {
        if (good_-- == 0) {
            return fail(ErrorCode::corrupt, "the source broke");
        }
        out.append(100'000, 'x');
        return true;
    }

private:
    int good_;
};

// Takes pieces when the test says so.
class HeldSink final : public BodySink {
public:
    struct State {
        std::mutex mutex;
        size_t bytes = 0;
        size_t pieces = 0;
        std::vector<Taken> waiting;
        bool hold = false;
        bool finished = false;
        bool gone = false;

        bool is_gone() {
            const std::lock_guard lock(mutex);
            return gone;
        }

        bool is_finished() {
            const std::lock_guard lock(mutex);
            return finished;
        }
    };

    explicit HeldSink(std::shared_ptr<State> state) : state_(std::move(state)) {
        const std::lock_guard lock(state_->mutex);
        state_->bytes = 0;
        state_->finished = false;
        state_->gone = false;
    }

    ~HeldSink() override {
        const std::lock_guard lock(state_->mutex);
        state_->gone = true;
    }

    void take(std::string piece, Taken taken) override {
        {
            const std::lock_guard lock(state_->mutex);
            state_->bytes += piece.size();
            ++state_->pieces;
            if (state_->hold) {
                state_->waiting.push_back(std::move(taken));
                return;
            }
        }
        taken(success());
    }

    void finish(Reply reply) override {
        size_t bytes = 0;
        {
            const std::lock_guard lock(state_->mutex);
            state_->finished = true;
            bytes = state_->bytes;
        }
        reply(text_response(concat("took ", bytes)));
    }

private:
    std::shared_ptr<State> state_;
};

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

TEST_CASE("a streamed answer comes in chunks, whole, in constant memory, and the connection goes on") {
    FunctionHandler handler;
    std::atomic<size_t> given = 0;
    std::atomic<bool> gone = false;
    handler.on_answer = [&](const api::RequestHead&, const std::string&, const Reply& reply) {
        api::Response response = text_response("");
        given = 0;
        response.source = std::make_unique<CountedSource>(1'000, 300, given, gone);
        reply(std::move(response));
    };
    WriterThread writer;
    const auto server = start_server(handler, writer);
    RawClient client(server->port());
    for (int i = 0; i < 2; ++i) {
        client.send(get_request("/export"));
        const auto answer = client.receive();
        CHECK(answer.headers.at("transfer-encoding") == "chunked");
        CHECK(answer.body.size() == 300'000);
        CHECK(answer.body[299'999] == 'a' + 299 % 26);
    }
    client.send("GET /export HTTP/1.0\r\nHost: x\r\n\r\n");
    const auto old = client.receive();
    CHECK(old.body.size() == 300'000);
    CHECK_FALSE(old.headers.contains("transfer-encoding"));
    CHECK(client.at_end());
}

TEST_CASE("a streamed answer is pulled no faster than the client takes it, and stops when the client goes") {
    FunctionHandler handler;
    std::atomic<size_t> given = 0;
    std::atomic<bool> gone = false;
    constexpr size_t kPieces = 1'000'000;  // 64 GB
    handler.on_answer = [&](const api::RequestHead&, const std::string&, const Reply& reply) {
        api::Response response = text_response("");
        response.source = std::make_unique<CountedSource>(64 * 1024, kPieces, given, gone);
        reply(std::move(response));
    };
    WriterThread writer;
    const auto server = start_server(handler, writer);
    {
        RawClient client(server->port());
        client.send(get_request("/export"));
        client.receive_until("\r\n\r\n");
        REQUIRE(eventually([&] { return given > 2; }));
        // Nobody takes anything: what was pulled fits into the system's buffers. Other clients are served meanwhile.
        for (int i = 0; i < 20; ++i) {
            CHECK(ask(server->port(), "GET / HTTP/1.1\r\n\r\n").status == 400);
        }
        CHECK(given < 1'000);
        client.reset();
    }
    CHECK(eventually([&] { return gone.load(); }));
    CHECK(given < 1'000);
}

TEST_CASE("a source that fails at once is a problem document; one that fails later ends without the last chunk") {
    FunctionHandler handler;
    handler.on_answer = [](const api::RequestHead& head, const std::string&, const Reply& reply) {
        api::Response response = text_response("");
        response.source = std::make_unique<BrokenSource>(head.path == "/later" ? 3 : 0);
        reply(std::move(response));
    };
    WriterThread writer;
    const auto server = start_server(handler, writer);
    RawClient client(server->port());
    client.send(get_request("/now") + get_request("/later"));
    CHECK(client.receive().status == 500);
    const std::string rest = client.receive_all();
    CHECK(rest.starts_with("HTTP/1.1 200"));
    CHECK(rest.find("\r\n0\r\n") == std::string::npos);
    CHECK(rest.size() > 200'000);
}

TEST_CASE("a streamed body is read no further while the sink holds a piece") {
    FunctionHandler handler;
    const auto state = std::make_shared<HeldSink::State>();
    state->hold = true;
    handler.on_plan = [](const api::RequestHead&) { return plan_for(api::Lane::writer, uint64_t{1} << 40, true); };
    handler.on_open = [&](const api::RequestHead&) -> Result<std::unique_ptr<BodySink>> {
        return std::unique_ptr<BodySink>(std::make_unique<HeldSink>(state));
    };
    WriterThread writer;
    const auto server = start_server(handler, writer);
    RawClient client(server->port());
    client.send(concat("POST /import HTTP/1.1\r\nHost: x\r\nContent-Length: ", 100'000'000, "\r\n\r\n"));
    const std::string block(1'000'000, 'x');
    size_t sent = 0;
    // The client sends until the system takes no more; the sink has got one piece then.
    REQUIRE(eventually([&] {
        const size_t now = client.send_some(block);
        sent += now;
        const std::lock_guard lock(state->mutex);
        return now == 0 && state->pieces == 1;
    }));
    CHECK(sent < 50'000'000);
    {
        const std::lock_guard lock(state->mutex);
        CHECK(state->pieces == 1);
        CHECK(state->bytes <= 64 * 1024);
        state->hold = false;
        state->waiting.front()(success());
    }
    while (sent < 100'000'000) {
        REQUIRE(client.send(std::string_view(block).substr(0, std::min(block.size(), 100'000'000 - sent))));
        sent += std::min(block.size(), 100'000'000 - sent);
    }
    CHECK(client.receive().body == "took 100000000");
    CHECK(eventually([&] { return server->metrics().requests_with(RouteClass::stream, 200) == 1; }));
}

TEST_CASE("a chunked streamed body, one with a limit, and one that is refused half way") {
    FunctionHandler handler;
    const auto state = std::make_shared<HeldSink::State>();
    handler.on_plan = [](const api::RequestHead&) { return plan_for(api::Lane::reader, 300'000, true); };
    handler.on_open = [&](const api::RequestHead& head) -> Result<std::unique_ptr<BodySink>> {
        if (head.path == "/closed") {
            return fail(ErrorCode::forbidden, "this project takes no imports");
        }
        return std::unique_ptr<BodySink>(std::make_unique<HeldSink>(state));
    };
    WriterThread writer;
    const auto server = start_server(handler, writer, quick_limits());
    const auto chunked = [](std::string_view path, int chunks) {
        std::string request = concat("POST ", path, " HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
        for (int i = 0; i < chunks; ++i) {
            request += "2710\r\n" + std::string(10'000, 'x') + "\r\n";
        }
        return request + "0\r\n\r\n";
    };
    RawClient client(server->port());
    client.send(chunked("/import", 30));
    CHECK(client.receive().body == "took 300000");
    client.send(chunked("/import", 31));
    CHECK(client.receive().status == 413);
    CHECK(client.at_end());
    CHECK(eventually([&] { return state->is_gone(); }));
    CHECK_FALSE(state->is_finished());
    CHECK(ask(server->port(), chunked("/closed", 1)).status == 403);
}

TEST_CASE("a sink is told that the client went away by being destroyed unfinished") {
    FunctionHandler handler;
    const auto state = std::make_shared<HeldSink::State>();
    handler.on_plan = [](const api::RequestHead&) { return plan_for(api::Lane::reader, 1'000'000, true); };
    handler.on_open = [&](const api::RequestHead&) -> Result<std::unique_ptr<BodySink>> {
        return std::unique_ptr<BodySink>(std::make_unique<HeldSink>(state));
    };
    WriterThread writer;
    const auto server = start_server(handler, writer);
    RawClient client(server->port());
    client.send("POST /import HTTP/1.1\r\nHost: x\r\nContent-Length: 500000\r\n\r\n" + std::string(200'000, 'x'));
    REQUIRE(eventually([&] {
        const std::lock_guard lock(state->mutex);
        return state->pieces >= 2;
    }));
    client.reset();
    CHECK(eventually([&] { return state->is_gone(); }));
    CHECK_FALSE(state->is_finished());
}

TEST_CASE("on_writer_lane takes each piece in a job of its own and answers after the last commit") {
    struct Counter final : PieceTaker {
        Status take(std::string_view piece) override {
            bytes += piece.size();
            return piece.find('!') == std::string_view::npos
                       ? success()
                       : Status(fail(ErrorCode::invalid_argument, "an exclamation mark", "line 3"));
        }

        api::Response finish() override { return text_response(concat("took ", bytes)); }

        size_t bytes = 0;
    };

    FunctionHandler handler;
    WriterThread writer;
    handler.on_plan = [](const api::RequestHead&) { return plan_for(api::Lane::writer, 10'000'000, true); };
    handler.on_open = [&](const api::RequestHead&) -> Result<std::unique_ptr<BodySink>> {
        return on_writer_lane(writer, std::make_shared<Counter>());
    };
    const auto server = start_server(handler, writer, quick_limits());
    const auto answer = ask(server->port(), post_request("/import", std::string(1'000'000, 'x')));
    CHECK(answer.body == "took 1000000");
    CHECK(writer.commits() == 1'000'000 / (64 * 1024) + 1 + 1);
    const auto refused = ask(server->port(), post_request("/import", "a\nb\n!\n"));
    CHECK(refused.status == 400);
    CHECK(refused.body.find(R"("detail":"an exclamation mark","field":"line 3")") != std::string::npos);
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

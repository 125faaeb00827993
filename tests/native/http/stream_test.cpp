// Bodies and answers of any size, piece by piece: no faster than the other side takes them, and in constant memory.

#include <atomic>

#include <catch_amalgamated.hpp>

#include "core/base/concat.h"
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
        response.source = std::make_unique<CountedSource>(65'536, kPieces, given, gone);
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
        CHECK(state->bytes <= 65'536);
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

TEST_CASE("an error of the sink ends the request with its status, place and words") {
    class Refusing final : public BodySink {
    public:
        void take(std::string piece, Taken taken) override {
            const bool bad = piece.find('!') != std::string::npos;
            taken(bad ? Status(fail(ErrorCode::invalid_argument, "an \"exclamation\" mark", "line 3")) : success());
        }

        void finish(Reply reply) override { reply(text_response("taken")); }
    };

    FunctionHandler handler;
    WriterThread writer;
    handler.on_plan = [](const api::RequestHead&) { return plan_for(api::Lane::writer, 10'000'000, true); };
    handler.on_open = [](const api::RequestHead&) -> Result<std::unique_ptr<BodySink>> {
        return std::unique_ptr<BodySink>(std::make_unique<Refusing>());
    };
    const auto server = start_server(handler, writer, quick_limits());
    CHECK(ask(server->port(), post_request("/import", "a\nb\nc\n")).body == "taken");
    const auto refused = ask(server->port(), post_request("/import", "a\nb\n!\n" + std::string(200'000, 'x')));
    CHECK(refused.status == 400);
    CHECK(refused.headers.at("connection") == "close");
    CHECK(refused.body.find(R"("detail":"an \"exclamation\" mark","field":"line 3")") != std::string::npos);
}

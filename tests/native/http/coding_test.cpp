// Bodies and answers as gzip over a real server: what is unpacked and packed, what is refused and with which words.

#include <catch_amalgamated.hpp>

#include "core/base/concat.h"
#include "native/http/client.h"
#include "native/http/gzip.h"
#include "native/http/status.h"
#include "tests/native/http/packing.h"
#include "tests/native/http/support.h"

using namespace countersign;
using namespace countersign::http;
using namespace countersign::http::test;

namespace {

constexpr uint64_t kLimit = 1'000'000;
constexpr std::string_view kGzip = "Content-Encoding: gzip\r\n";

// Gives lines of JSON until there are enough.
class LinesSource final : public api::BodySource {
public:
    explicit LinesSource(int pieces) : left_(pieces) {}

    Result<bool> next(std::string& out) override {
        if (left_ == 0) {
            return false;
        }
        for (int i = 0; i < 1'000; ++i) {
            out += concat(R"({"item":)", left_ * 1'000 + i, R"(,"text":"a line of an export"})", '\n');
        }
        --left_;
        return true;
    }

private:
    int left_;
};

std::string lines(int pieces) {
    std::string all;
    LinesSource source(pieces);
    while (source.next(all).value()) {
    }
    return all;
}

std::string parameter(const api::RequestHead& head, std::string_view name) {
    return std::string(header_value(head.query, name));
}

// Answers with what it took, in bytes and in its last byte.
class LengthSink final : public BodySink {
public:
    void take(std::string piece, Taken taken) override {
        bytes_ += piece.size();
        const bool fits = piece.size() <= Limits{}.piece_bytes;
        taken(fits ? success() : Status(fail(ErrorCode::internal, "a piece is too large")));
    }

    void finish(Reply reply) override { reply(text_response(concat("took ", bytes_))); }

private:
    size_t bytes_ = 0;
};

// Echoes bodies, takes streams at /stream, gives JSON of a size at /json and lines at /lines.
class Packing {
public:
    Packing() {
        handler_.on_plan = [](const api::RequestHead& head) {
            api::Plan plan;
            plan.body_limit_bytes = head.path == "/nothing" ? 0 : head.path == "/small" ? 2'000 : kLimit;
            plan.streamed_body = head.path == "/stream";
            plan.lane = head.path == "/live" ? api::Lane::live : api::Lane::reader;
            return plan;
        };
        handler_.on_open = [](const api::RequestHead&) -> Result<std::unique_ptr<BodySink>> {
            return std::unique_ptr<BodySink>(std::make_unique<LengthSink>());
        };
        handler_.on_answer = [](const api::RequestHead& head, std::string body, const Reply& reply) {
            api::Response response = text_response(std::move(body));
            if (const std::string type = parameter(head, "type"); !type.empty()) {
                response.headers = {{"content-type", type}};
            }
            if (head.path == "/json") {
                response.headers = {{"content-type", "application/json; charset=utf-8"}};
                response.body = std::string(std::stoul(parameter(head, "size")), '7');
            } else if (head.path == "/lines") {
                response.headers = {{"content-type", "application/jsonl"}};
                response.source = std::make_unique<LinesSource>(std::stoi(parameter(head, "pieces")));
            }
            reply(std::move(response));
        };
        server_ = start_server(handler_, writer_);
    }

    uint16_t port() const { return server_->port(); }

    const Metrics& metrics() const { return server_->metrics(); }

    Answer post(std::string_view target, std::string_view body, std::string_view coding = kGzip) const {
        return ask(port(), post_request(target, body, coding));
    }

private:
    FunctionHandler handler_;
    WriterThread writer_;
    std::unique_ptr<Server> server_;
};

std::string chunked(std::string_view target, std::string_view body, size_t step) {
    std::string request =
        concat("POST ", target, " HTTP/1.1\r\nHost: x\r\nContent-Encoding: GZIP\r\nTransfer-Encoding: chunked\r\n\r\n");
    for (size_t at = 0; at < body.size(); at += step) {
        const std::string_view piece = body.substr(at, step);
        constexpr std::string_view kHex = "0123456789abcdef";
        std::string size;
        for (size_t rest = piece.size(); rest != 0; rest /= 16) {
            size.insert(size.begin(), kHex[rest % 16]);
        }
        request += concat(size, "\r\n", piece, "\r\n");
    }
    return request + "0\r\n\r\n";
}

bool says(const Answer& answer, std::string_view words) {
    return answer.body.find(words) != std::string::npos;
}

}  // namespace

TEST_CASE("a gzip body is unpacked before anybody sees it, and the connection goes on") {
    const Packing server;
    const std::string text = lines(5);
    REQUIRE(text.size() < kLimit);
    RawClient client(server.port());
    client.send(post_request("/echo", gzip(text), kGzip) + post_request("/echo", "plain") +
                post_request("/echo", gzip("one ") + gzip("two"), "Content-Encoding: x-gzip\r\n") +
                chunked("/echo", gzip(text), 7) + post_request("/echo", "same", "Content-Encoding: identity\r\n"));
    CHECK(client.receive().body == text);
    CHECK(client.receive().body == "plain");
    CHECK(client.receive().body == "one two");
    CHECK(client.receive().body == text);
    CHECK(client.receive().body == "same");
}

TEST_CASE("a streamed gzip body reaches its sink in pieces of the usual size") {
    const Packing server;
    const std::string text = lines(16);
    REQUIRE(text.size() < kLimit);
    CHECK(server.post("/stream", gzip(text)).body == concat("took ", text.size()));
    CHECK(ask(server.port(), chunked("/stream", gzip(text), 999)).body == concat("took ", text.size()));
}

TEST_CASE("another coding is 415 and says what is understood; without a body it does not matter") {
    const Packing server;
    for (const std::string_view coding : {"br", "deflate", "zstd", "gzip, gzip", "gzip, identity", "x"}) {
        const Answer answer = server.post("/echo", "x", concat("Content-Encoding: ", coding, "\r\n"));
        CHECK(answer.status == 415);
        CHECK(answer.headers.at("accept-encoding") == "gzip");
        CHECK(answer.headers.at("content-type") == "application/problem+json");
        CHECK(says(answer, "send it as it is, or as gzip"));
    }
    CHECK(server.metrics().rejected_for(Rejected::coding) == 6);
    CHECK(ask(server.port(), get_request("/echo", "Content-Encoding: br\r\n")).status == 200);
    CHECK(
        ask(server.port(), post_request("/echo", "x", "Content-Encoding: gzip\r\nContent-Encoding: gzip\r\n")).status ==
        400);
}

TEST_CASE("damaged, cut off, empty and continued gzip is 400, whole and streamed") {
    const Packing server;
    const std::string good = gzip(lines(1));
    std::string flipped = good;
    flipped[flipped.size() / 2] = static_cast<char>(flipped[flipped.size() / 2] ^ 0x10);
    for (const std::string_view target : {"/echo", "/stream"}) {
        INFO(target);
        const Answer cut = server.post(target, good.substr(0, good.size() - 9));
        CHECK(cut.status == 400);
        CHECK(says(cut, "the gzip body ends before its end"));
        const Answer behind = server.post(target, good + "more");
        CHECK(behind.status == 400);
        CHECK(says(behind, "bytes that are no gzip stand behind the gzip stream"));
        for (const std::string& bad : {flipped, std::string("{\"a\":1}"), zlib_wrapped("text"), raw_deflate("text")}) {
            const Answer answer = server.post(target, bad);
            CHECK(answer.status == 400);
            CHECK(says(answer, "the body is not valid gzip, or damaged"));
            CHECK(answer.headers.at("connection") == "close");
        }
    }
    CHECK(server.metrics().rejected_for(Rejected::coding) == 12);
}

TEST_CASE("the plan's limit counts what comes out, and a bomb is stopped by its ratio") {
    const Packing server;
    CHECK(server.post("/small", gzip(std::string(2'000, 'x'))).body.size() == 2'000);
    const Answer beyond = server.post("/small", gzip(std::string(2'001, 'x')));
    CHECK(beyond.status == 413);
    CHECK(says(beyond, "larger than the 2000 bytes that are allowed here"));
    CHECK(server.post("/nothing", gzip("x")).status == 413);
    const std::string dense = dense_gzip(20'000'000);
    for (const std::string_view target : {"/echo", "/stream"}) {
        const Answer bomb = server.post(target, dense);
        CHECK(bomb.status == 413);
        CHECK(says(bomb, "the body unpacks to more than 100 times its size"));
        const Answer large = server.post(target, gzip(lines(40)));
        CHECK(large.status == 413);
        CHECK(says(large, "larger than the 1000000 bytes that are allowed here"));
    }
}

TEST_CASE("what is long on the way and nothing in the end is stopped, too") {
    const Packing server;
    std::string empty_members;
    for (int i = 0; i < 500; ++i) {
        empty_members += gzip("");
    }
    CHECK(server.post("/small", empty_members.substr(0, 20 * 100)).status == 200);
    CHECK(server.post("/small", empty_members).status == 413);
    const Answer answer = ask(server.port(), chunked("/small", empty_members, 500));
    CHECK(answer.status == 413);
    CHECK(says(answer, "the gzip body is larger than"));
}

TEST_CASE("JSON is packed for who takes it and when it is worth it; the answer says that it varies") {
    const Packing server;
    const auto get = [&](std::string_view target, std::string_view accepted) {
        return ask(server.port(), get_request(target, accepted));
    };
    const Answer packed = get("/json?size=1024", "Accept-Encoding: br, gzip\r\n");
    CHECK(packed.headers.at("content-encoding") == "gzip");
    CHECK(packed.headers.at("vary") == "accept-encoding");
    CHECK(packed.body.size() < 100);
    CHECK(inflate_by_zlib(packed.body) == std::string(1'024, '7'));
    for (const std::string_view accepted : {"", "Accept-Encoding: br\r\n", "Accept-Encoding: gzip;q=0\r\n",
                                            "Accept-Encoding: gzip;q=0.5, identity\r\n"}) {
        const Answer plain = get("/json?size=1024", accepted);
        INFO(accepted);
        CHECK_FALSE(plain.headers.contains("content-encoding"));
        CHECK(plain.headers.at("vary") == "accept-encoding");
        CHECK(plain.body == std::string(1'024, '7'));
    }
    const Answer small = get("/json?size=1023", "Accept-Encoding: gzip\r\n");
    CHECK_FALSE(small.headers.contains("content-encoding"));
    CHECK_FALSE(small.headers.contains("vary"));
    const std::string text(5'000, 'x');
    const Answer other = ask(server.port(), post_request("/echo?type=text/plain", text, "Accept-Encoding: gzip\r\n"));
    CHECK(other.body == text);
    const Answer lines_of =
        ask(server.port(), post_request("/echo?type=application/x-ndjson", text, "Accept-Encoding: gzip\r\n"));
    CHECK(inflate_by_zlib(lines_of.body) == text);
}

TEST_CASE("HEAD tells the packed answer's length and brings nothing") {
    const Packing server;
    RawClient client(server.port());
    client.send("HEAD /json?size=5000 HTTP/1.1\r\nHost: x\r\nAccept-Encoding: gzip\r\n\r\n");
    const Answer head = client.receive(true);
    CHECK(head.headers.at("content-encoding") == "gzip");
    client.send(get_request("/json?size=5000", "Accept-Encoding: gzip\r\n"));
    CHECK(concat(client.receive().body.size()) == head.headers.at("content-length"));
}

TEST_CASE("a streamed answer is packed as it goes; a short one is not") {
    const Packing server;
    RawClient client(server.port());
    client.send(get_request("/lines?pieces=50", "Accept-Encoding: gzip\r\n"));
    const Answer packed = client.receive();
    CHECK(packed.headers.at("content-encoding") == "gzip");
    CHECK(packed.headers.at("transfer-encoding") == "chunked");
    CHECK(packed.complete);
    CHECK(packed.body.size() * 5 < lines(50).size());
    std::string text;
    GzipReader reader;
    std::string_view rest = packed.body;
    CHECK(reader.read(rest, text, SIZE_MAX).ok());
    CHECK(reader.finish().ok());
    CHECK(text == lines(50));
    client.send(get_request("/lines?pieces=0", "Accept-Encoding: gzip\r\n"));
    const Answer nothing = client.receive();
    CHECK_FALSE(nothing.headers.contains("content-encoding"));
    CHECK(nothing.body.empty());
    client.send("GET /lines?pieces=3 HTTP/1.0\r\nHost: x\r\nAccept-Encoding: gzip\r\n\r\n");
    CHECK(inflate_by_zlib(client.receive().body) == lines(3));
}

TEST_CASE("a live stream is never packed") {
    const Packing server;
    RawClient client(server.port());
    client.send(get_request("/live", "Accept-Encoding: gzip\r\n"));
    const std::string head = client.receive_until(": open\n\n");
    CHECK(head.find("text/event-stream") != std::string::npos);
    CHECK(head.find("content-encoding") == std::string::npos);
}

TEST_CASE("the client packs what is worth it and unpacks what comes") {
    const Packing server;
    Client client({"127.0.0.1", server.port()});
    const std::string text = lines(10);
    const auto echoed = client.send({.method = "POST", .target = "/echo?type=application/jsonl", .body = text}).value();
    CHECK(echoed.body == text);
    CHECK(echoed.header("content-encoding").empty());
    CHECK(server.metrics().bytes_received < text.size() / 5);
    CHECK(server.metrics().bytes_sent < text.size() / 5);
    CHECK(client.send({.method = "POST", .target = "/echo", .body = "small"}).value().body == "small");
    const std::string dense(900'000, ' ');
    CHECK(client.send({.method = "POST", .target = "/echo", .body = dense}).value().body == dense);
}

TEST_CASE("the client packs a source of any size, and takes a packed answer by pieces") {
    class TextSource final : public ByteSource {
    public:
        TextSource(std::string text, bool tells_size) : text_(std::move(text)), tells_size_(tells_size) {}

        std::optional<uint64_t> size() const override {
            return tells_size_ ? std::optional<uint64_t>(text_.size()) : std::nullopt;
        }

        Result<size_t> read(std::span<char> into) override {
            const size_t count = text_.copy(into.data(), std::min<size_t>(into.size(), 10'000), at_);
            at_ += count;
            return count;
        }

    private:
        std::string text_;
        bool tells_size_;
        size_t at_ = 0;
    };

    const Packing server;
    Client client({"127.0.0.1", server.port()});
    for (const std::string& text : {lines(15), std::string(900'000, 'x'), std::string("tiny"), std::string()}) {
        for (const bool tells_size : {true, false}) {
            TextSource source(text, tells_size);
            const auto answer = client.send({.method = "POST", .target = "/stream", .source = &source}).value();
            CHECK(answer.body == concat("took ", text.size()));
        }
    }
    std::string all;
    size_t pieces = 0;
    const auto taken = client.send({.target = "/lines?pieces=50"}, [&](std::string_view piece) {
        all += piece;
        ++pieces;
        return success();
    });
    CHECK(taken.value().status == 200);
    CHECK(all == lines(50));
    CHECK(pieces > 10);
    const auto refused = client.send({.method = "POST", .target = "/small", .body = std::string(2'001, 'x')}).value();
    CHECK(refused.status == 413);
}

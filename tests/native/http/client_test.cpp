// The command line's client against our own server, and against what else may answer at a port.

#include "native/http/client.h"

#include <atomic>
#include <filesystem>
#include <fstream>

#include <arpa/inet.h>
#include <catch_amalgamated.hpp>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "core/base/concat.h"
#include "tests/native/http/support.h"

using namespace countersign;
using namespace countersign::http;
using namespace countersign::http::test;

namespace {

// Answers one connection after the other with the given bytes, after it has read something; then closes.
class CannedServer {
public:
    explicit CannedServer(std::vector<std::string> answers) : fd_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        REQUIRE(fd_ >= 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        REQUIRE(::bind(fd_, reinterpret_cast<const sockaddr*>(&address), size) == 0);
        REQUIRE(::listen(fd_, 8) == 0);
        REQUIRE(::getsockname(fd_, reinterpret_cast<sockaddr*>(&address), &size) == 0);
        port_ = ntohs(address.sin_port);
        thread_ = std::thread([this, answers = std::move(answers)] {
            for (const std::string& answer : answers) {
                const int client = ::accept(fd_, nullptr, nullptr);
                char buffer[4'096];
                if (client >= 0 && ::recv(client, buffer, sizeof buffer, 0) > 0) {
                    ::send(client, answer.data(), answer.size(), MSG_NOSIGNAL);
                }
                ::close(client);
            }
        });
    }

    ~CannedServer() {
        ::shutdown(fd_, SHUT_RDWR);
        thread_.join();
        ::close(fd_);
    }

    CannedServer(const CannedServer&) = delete;
    CannedServer& operator=(const CannedServer&) = delete;

    Endpoint endpoint() const { return {"127.0.0.1", port_}; }

private:
    int fd_;
    uint16_t port_ = 0;
    std::thread thread_;
};

Endpoint endpoint_of(const Server& server) {
    return {"127.0.0.1", server.port()};
}

class CountingSource final : public ByteSource {
public:
    CountingSource(uint64_t bytes, bool tells_size) : left_(bytes), size_(bytes), tells_size_(tells_size) {}

    std::optional<uint64_t> size() const override { return tells_size_ ? std::optional(size_) : std::nullopt; }

    Result<size_t> read(std::span<char> into) override {
        const auto count = static_cast<size_t>(std::min<uint64_t>(into.size(), left_));
        std::fill_n(into.begin(), count, 'x');
        left_ -= count;
        return count;
    }

    uint64_t left() const { return left_; }

private:
    uint64_t left_;
    uint64_t size_;
    bool tells_size_;
};

}  // namespace

TEST_CASE("a server's address is read in the forms that people type") {
    struct Case {
        std::string_view url;
        std::string_view text;
    };

    const Case one = GENERATE(values<Case>({{"http://127.0.0.1:8080", "127.0.0.1:8080"},
                                            {"http://localhost:8080/", "localhost:8080"},
                                            {"localhost", "localhost:80"},
                                            {"reviews.example.org:81", "reviews.example.org:81"},
                                            {"http://[::1]:9000", "[::1]:9000"}}));
    CHECK(parse_endpoint(one.url).value().text() == one.text);
    CHECK(parse_endpoint("https://x").error().message.find("run a TLS proxy") != std::string::npos);
    for (const std::string_view bad : {"", "http://", "ftp://x", "http://x/path", "x:99999", "http://a b"}) {
        CAPTURE(bad);
        CHECK_FALSE(parse_endpoint(bad).ok());
    }
}

TEST_CASE("requests and answers of all kinds over one kept connection") {
    FunctionHandler handler;
    handler.on_answer = [](const api::RequestHead& head, const std::string& body, const Reply& reply) {
        auto response =
            text_response(concat(head.method, ' ', head.path, ' ', body.size()), head.path == "/no" ? 422 : 200);
        response.headers.emplace_back("x-kind", "one");
        reply(std::move(response));
    };
    WriterThread writer;
    const auto server = start_server(handler, writer);
    Client client(endpoint_of(*server));
    const auto got = client.send({.method = "GET", .target = "/a?b=c"}).value();
    CHECK(got.status == 200);
    CHECK(got.body == "GET /a 0");
    CHECK(got.header("x-kind") == "one");
    CHECK(client.send({.method = "POST", .target = "/b", .body = std::string(500'000, 'x')}).value().body ==
          "POST /b 500000");
    CHECK(client.send({.method = "POST", .target = "/empty"}).value().body == "POST /empty 0");
    CHECK(client.send({.method = "HEAD", .target = "/c"}).value().body.empty());
    CHECK(client.send({.method = "DELETE", .target = "/no"}).value().status == 422);
    CHECK(server->metrics().connections_accepted == 1);
    CHECK_FALSE(client.send({.method = "GET", .target = "/a b"}).ok());
    CHECK_FALSE(client.send({.method = "GET", .target = "/", .headers = {{"a", "b\r\nc: d"}}}).ok());
}

TEST_CASE("a body is streamed from a source with and without a known size, and from a file") {
    FunctionHandler handler;
    handler.on_plan = [](const api::RequestHead&) {
        api::Plan plan;
        plan.body_limit_bytes = 50'000'000;
        return plan;
    };
    handler.on_answer = [](const api::RequestHead&, const std::string& body, const Reply& reply) {
        reply(text_response(concat(body.size(), ' ', std::count(body.begin(), body.end(), 'x'))));
    };
    WriterThread writer;
    const auto server = start_server(handler, writer);
    Client client(endpoint_of(*server));
    for (const bool tells_size : {true, false}) {
        CountingSource source(10'000'000, tells_size);
        CHECK(client.send({.method = "POST", .target = "/", .source = &source}).value().body == "10000000 10000000");
    }
    const auto file = std::filesystem::temp_directory_path() / concat("countersign-client-", ::getpid());
    std::ofstream(file) << std::string(300'000, 'x') << "end";
    const auto source = open_file_source(file).value();
    CHECK(client.send({.method = "POST", .target = "/", .source = source.get()}).value().body == "300003 300000");
    std::filesystem::remove(file);
    CHECK(open_file_source(file).error().code == ErrorCode::not_found);
    CHECK_FALSE(open_file_source("/").ok());
}

TEST_CASE("a refusal that comes while the body is still sent is seen, not drowned") {
    FunctionHandler handler;
    handler.on_plan = [](const api::RequestHead&) {
        api::Plan plan;
        plan.refusal = text_response("not signed in", 401);
        return plan;
    };
    WriterThread writer;
    const auto server = start_server(handler, writer, quick_limits());
    Client client(endpoint_of(*server));
    CountingSource source(uint64_t{1} << 40, true);
    const auto response = client.send({.method = "POST", .target = "/import", .source = &source});
    REQUIRE(response.ok());
    CHECK(response.value().status == 401);
    CHECK(response.value().body == "not signed in");
    CHECK(source.left() > uint64_t{1} << 39);
    CHECK(client.send({.method = "GET", .target = "/next"}).value().status == 401);
}

TEST_CASE("an answer is streamed to a callback, which may end it; an error's body is kept") {
    class Letters final : public api::BodySource {
    public:
        Result<bool> next(std::string& out) override {
            if (given_ == 50) {
                return false;
            }
            ++given_;
            out.append(100'000, 'y');
            return true;
        }

    private:
        int given_ = 0;
    };

    FunctionHandler handler;
    handler.on_answer = [](const api::RequestHead& head, const std::string&, const Reply& reply) {
        api::Response response = text_response(head.path == "/no" ? "a problem" : "", head.path == "/no" ? 404 : 200);
        if (response.status == 200) {
            response.source = std::make_unique<Letters>();
        }
        reply(std::move(response));
    };
    WriterThread writer;
    const auto server = start_server(handler, writer);
    Client client(endpoint_of(*server));
    size_t received = 0;
    size_t largest = 0;
    const auto count = [&](std::string_view piece) -> Status {
        received += piece.size();
        largest = std::max(largest, piece.size());
        return success();
    };
    CHECK(client.send({.method = "GET", .target = "/export"}, count).value().body.empty());
    CHECK(received == 5'000'000);
    CHECK(largest <= 65'536);
    CHECK(client.send({.method = "GET", .target = "/no"}, count).value().body == "a problem");
    const auto ended = client.send({.method = "GET", .target = "/export"}, [](std::string_view) -> Status {
        return fail(ErrorCode::exhausted, "the disk is full");
    });
    CHECK(ended.error().message == "the disk is full");
    Client small(endpoint_of(*server), {.body_bytes = 1'000});
    CHECK(small.send({.method = "GET", .target = "/export"}).error().code == ErrorCode::exhausted);
}

TEST_CASE("live messages are heard through the callback") {
    FunctionHandler handler;
    handler.on_plan = [](const api::RequestHead&) {
        api::Plan plan;
        plan.lane = api::Lane::live;
        plan.live_project = "city";
        return plan;
    };
    WriterThread writer;
    const auto server = start_server(handler, writer);
    Client client(endpoint_of(*server));
    std::string heard;
    const auto ended = client.send({.method = "GET", .target = "/live"}, [&](std::string_view piece) -> Status {
        heard += piece;
        if (heard == ": open\n\n") {
            server->poke("city", 5);
        }
        return heard.find("\"seq\":5") == std::string::npos ? success() : fail(ErrorCode::unavailable, "heard enough");
    });
    CHECK(ended.error().message == "heard enough");
}

TEST_CASE("an exchange that another thread calls off ends at once, and so do all later ones") {
    FunctionHandler handler;
    handler.on_plan = [](const api::RequestHead&) {
        api::Plan plan;
        plan.lane = api::Lane::live;
        plan.live_project = "city";
        return plan;
    };
    WriterThread writer;
    const auto server = start_server(handler, writer);
    // Without cancel() this would wait for the next message until the guard time is over, ten times over.
    Client client(endpoint_of(*server), {.silence_time = 10 * kGuardTime});
    std::atomic<bool> listening = false;
    std::thread canceller([&] {
        eventually([&] { return listening.load(); });
        client.cancel();
    });
    const auto ended = client.send({.method = "GET", .target = "/live"}, [&](std::string_view) -> Status {
        listening = true;
        return success();
    });
    canceller.join();
    REQUIRE(listening);
    CHECK(ended.error().code == ErrorCode::unavailable);
    CHECK(ended.error().message.find("was called off") != std::string::npos);
    CHECK(client.send({.target = "/"}).error().message.find("was called off") != std::string::npos);
}

TEST_CASE("what brings no answer is an error that says what happened and where") {
    uint16_t free_port = 0;
    {
        const CannedServer gone({});
        free_port = gone.endpoint().port;
    }
    Client nobody({"127.0.0.1", free_port});
    CHECK(nobody.send({}).error().message ==
          concat("nothing answers at 127.0.0.1:", free_port, "; is the server running?"));
    CHECK(nobody.send({}).error().code == ErrorCode::unavailable);

    Client unknown({"no-such-host.invalid", 80});
    CHECK(unknown.send({}).error().message.find("no address is known for the host no-such-host.invalid") == 0);

    const CannedServer server({"", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf", "SSH-2.0-OpenSSH_9.2\r\n\r\n",
                               "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n\r\nuntil the end"});
    Client client(server.endpoint());
    CHECK(client.send({}).error().message.find("broke off before it answered") != std::string::npos);
    CHECK(client.send({}).error().message.find("broke off in the middle of its answer") != std::string::npos);
    CHECK(client.send({}).error().message.find("does not speak HTTP/1.1") != std::string::npos);
    CHECK(client.send({}).value().body == "until the end");
}

TEST_CASE("a server that says nothing is given up after the silence time") {
    FunctionHandler handler;
    std::mutex mutex;
    std::vector<Reply> kept;
    handler.on_answer = [&](const api::RequestHead&, const std::string&, Reply reply) {
        const std::lock_guard lock(mutex);
        kept.push_back(std::move(reply));
    };
    WriterThread writer;
    ServerOptions options;
    options.port = 0;
    options.threads = 1;
    const auto server = Server::start(options, handler, writer).value();
    Client client(endpoint_of(*server), {.silence_time = 50ms});
    CHECK(client.send({}).error().message.find("took too long before it answered") != std::string::npos);
    REQUIRE(eventually([&] {
        const std::lock_guard lock(mutex);
        return kept.size() == 1;
    }));
    server->request_stop();
    kept.front()(text_response("too late"));
    server->wait();
}

TEST_CASE("a kept connection that the server has closed meanwhile is made anew") {
    FunctionHandler handler;
    WriterThread writer;
    Limits limits = quick_limits();
    limits.idle_time = 20ms;
    const auto server = start_server(handler, writer, limits);
    Client client(endpoint_of(*server));
    for (int i = 0; i < 5; ++i) {
        CHECK(client.send({.method = "POST", .target = "/x", .body = "1"}).value().status == 200);
        REQUIRE(eventually([&] { return server->metrics().connections_open == 0; }));
    }
    CHECK(server->metrics().connections_accepted == 5);
}

// Start and stop: what cannot be bound says what to do; a stop finishes what runs and nothing hangs.

#include <atomic>
#include <csignal>

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

ServerOptions on(std::string address, uint16_t port) {
    ServerOptions options;
    options.address = std::move(address);
    options.port = port;
    options.threads = 2;
    return options;
}

// The server that a signal handler reaches: it has no other context.
// NOLINTNEXTLINE(cppcoreguidelines-avoid-non-const-global-variables)
std::atomic<Server*> g_server = nullptr;

}  // namespace

TEST_CASE("a port that another server of the same user holds is taken, although listeners share ports") {
    FunctionHandler handler;
    WriterThread writer;
    const auto first = start_server(handler, writer);
    const auto second = Server::start(on("127.0.0.1", first->port()), handler, writer);
    REQUIRE_FALSE(second.ok());
    CHECK(second.error().code == ErrorCode::already_exists);
    CHECK(second.error().message ==
          concat("port ", first->port(), " is taken by another program; choose another with --port"));
    CHECK(second.error().field == concat("127.0.0.1:", first->port()));
    CHECK(ask(first->port(), get_request("/")).status == 200);
}

TEST_CASE("what is no address, and what is no address of this machine") {
    FunctionHandler handler;
    WriterThread writer;
    const auto name = Server::start(on("localhost", 0), handler, writer);
    CHECK(name.error().message.find("'localhost' is no IP address") == 0);
    const auto foreign = Server::start(on("203.0.113.7", 0), handler, writer);
    CHECK(foreign.error().code == ErrorCode::invalid_argument);
    CHECK(foreign.error().message.find("not one of this machine's") != std::string::npos);
}

TEST_CASE("limits with which nothing could be served are refused by name") {
    FunctionHandler handler;
    WriterThread writer;
    auto options = on("127.0.0.1", 0);
    options.limits.piece_bytes = 0;
    CHECK(Server::start(options, handler, writer).error().text() ==
          "piece_bytes: must be from 1 to 16777216, but is 0");
    options.limits = {};
    options.limits.idle_time = -5ms;
    CHECK(Server::start(options, handler, writer).error().text() == "idle_time: must be more than 0 ms, but is -5 ms");
}

TEST_CASE("a port below 1024 without the right to it") {
    FunctionHandler handler;
    WriterThread writer;
    constexpr uid_t kNobody = 65'534;
    const uid_t user = ::geteuid();
    if (user == 0) {
        REQUIRE(::seteuid(kNobody) == 0);  // the right goes with it
    }
    const auto low = Server::start(on("127.0.0.1", 1), handler, writer);
    if (user == 0) {
        REQUIRE(::seteuid(user) == 0);
    }
    if (low.ok()) {
        SKIP("on this machine anybody may bind port 1");
    }
    CHECK(low.error().code == ErrorCode::forbidden);
    CHECK(low.error().message.find("choose one from 1024 on with --port") != std::string::npos);
}

TEST_CASE("IPv6 works where the machine has it") {
    FunctionHandler handler;
    WriterThread writer;
    const auto server = Server::start(on("::1", 0), handler, writer);
    if (!server.ok()) {
        SKIP("no IPv6 loopback: " << server.error().text());
    }
    CHECK(server.value()->address() == concat("http://[::1]:", server.value()->port()));
    const int fd = ::socket(AF_INET6, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in6 address{};
    address.sin6_family = AF_INET6;
    address.sin6_port = htons(server.value()->port());
    address.sin6_addr = in6addr_loopback;
    CHECK(::connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
    ::close(fd);
}

TEST_CASE("a stop lets the running request finish, says that the connection ends, and takes no new one") {
    FunctionHandler handler;
    handler.on_plan = [](const api::RequestHead&) {
        api::Plan plan;
        plan.lane = api::Lane::writer;
        plan.body_limit_bytes = 100;
        return plan;
    };
    WriterThread writer;
    auto server = start_server(handler, writer, quick_limits());
    const uint16_t port = server->port();
    RawClient idle(port);
    idle.send(post_request("/first", ""));
    CHECK(idle.receive().status == 200);
    writer.hold(true);
    RawClient busy(port);
    busy.send(post_request("/push", "decision"));
    REQUIRE(eventually([&] { return writer.waiting() == 1; }));

    server->request_stop();
    CHECK(idle.at_end());
    REQUIRE(eventually([&] {
        try {
            RawClient late(port);
            return false;
        } catch (const std::runtime_error&) {
            return true;
        }
    }));
    writer.hold(false);
    const auto answer = busy.receive();
    CHECK(answer.status == 200);
    CHECK(answer.body == "POST /push\ndecision");
    CHECK(busy.at_end());
    server->wait();
}

TEST_CASE("a stop does not wait for ever, and an answer after the end harms nobody") {
    FunctionHandler handler;
    std::mutex mutex;
    std::vector<Reply> kept;
    handler.on_answer = [&](const api::RequestHead&, const std::string&, Reply reply) {
        const std::lock_guard lock(mutex);
        kept.push_back(std::move(reply));
    };
    WriterThread writer;
    Limits limits = quick_limits();
    limits.stop_time = 50ms;
    auto server = start_server(handler, writer, limits);
    RawClient client(server->port());
    client.send(get_request("/stuck"));
    REQUIRE(eventually([&] {
        const std::lock_guard lock(mutex);
        return kept.size() == 1;
    }));
    server->request_stop();
    server->wait();
    CHECK(client.at_end());
    server.reset();
    kept.front()(text_response("too late"));
}

TEST_CASE("a signal handler can ask for the stop") {
    FunctionHandler handler;
    WriterThread writer;
    const auto server = start_server(handler, writer, quick_limits());
    g_server = server.get();
    const auto before = std::signal(SIGUSR1, [](int) { g_server.load()->request_stop(); });
    CHECK(ask(server->port(), get_request("/")).status == 200);
    ::raise(SIGUSR1);
    server->wait();
    std::signal(SIGUSR1, before);
    g_server = nullptr;
}

TEST_CASE("servers start and stop many times under load and leave nothing behind") {
    FunctionHandler handler;
    WriterThread writer;
    for (int i = 0; i < 20; ++i) {
        auto server = start_server(handler, writer, quick_limits());
        std::vector<RawClient> clients;
        for (int j = 0; j < 10; ++j) {
            clients.emplace_back(server->port());
            clients.back().send(get_request("/"));
        }
        CHECK(clients.front().receive().status == 200);
        server.reset();  // in the middle of the others
    }
}

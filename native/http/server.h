#pragma once
// The HTTP/1.1 server: threads, listeners, start and stop. What it answers is the Handler's and the StaticFiles'
// matter.
//
// Use:   auto server = CS_TRY(Server::start({.port = 8080, .files = &files}, handler, writer));
//        on_signal = [&] { server->request_stop(); };      // async-signal-safe
//        server->wait();
// Plain HTTP only: TLS is a reverse proxy's work (or nobody's, on loopback).

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "native/http/handler.h"
#include "native/http/limits.h"
#include "native/http/metrics.h"
#include "native/http/static_files.h"

namespace countersign::http {

// One answered request, for an access log. The target may hold what a log should not keep; that is the log's matter.
struct Served {
    std::string_view remote;
    std::string_view method;
    std::string_view target;  // as sent, with the query; empty when the head could not be read
    int status = 0;
    int64_t duration_us = 0;
};

struct ServerOptions {
    std::string address = "127.0.0.1";  // IPv4 or IPv6, no name
    uint16_t port = 8080;               // 0: any that is free
    uint32_t threads = 0;               // 0: one a core, at most 8
    Limits limits{};
    // Host names (no port) that requests may be for; others get 421. Empty: any. A server on loopback should name
    // localhost, 127.0.0.1 and [::1]: a page of another site cannot then reach it by pointing its own name here.
    std::vector<std::string> allowed_hosts{};
    // What the handler answers when there are files: a name that ends with "/" with all below it, else exactly it.
    std::vector<std::string> handler_paths{"/api/", "/healthz", "/metrics"};
    // Addresses of reverse proxies whose x-forwarded-for is believed (RequestHead::remote).
    std::vector<std::string> trusted_proxies{};
    std::function<void(const Served&)> on_served{};  // on a network thread, after the answer has left
    const StaticFiles* files = nullptr;              // outlives the server; without: every path is the handler's
};

class Server {
public:
    // Binds and listens; returns when requests are served. Errors, with a sentence that says what to do:
    // invalid_argument (the address), already_exists (the port is taken), forbidden (the port needs a right).
    static Result<std::unique_ptr<Server>> start(ServerOptions options, Handler& handler, WriterLane& writer);

    // Stops as if by request_stop() and wait().
    ~Server();
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    uint16_t port() const;
    // "http://127.0.0.1:8080"
    std::string address() const;
    // Limits::connections, or less where the process may not open that many files.
    uint32_t connection_limit() const;
    const Metrics& metrics() const;

    // Tells every live connection of the project that there is news up to `seq`. Any thread; never blocks for long.
    void poke(std::string_view project, uint64_t seq);

    // No new connections; idle and live ones are closed; running requests get Limits::stop_time to finish.
    // From any thread and from a signal handler.
    void request_stop() noexcept;
    // Until it has stopped.
    void wait();

private:
    struct State;

    explicit Server(std::unique_ptr<State> state);

    std::unique_ptr<State> state_;
};

}  // namespace countersign::http

// What the HTTP carrier costs: CPU time of a trivial GET and of a POST of 12 KB on the reader lane, memory of an idle
// and of a live connection, and what 500 slow clients do to the latency of an honest one. Usage: http_bench [requests]
// (not part of the tests; figures are of this machine, now) The server is a child process with one network thread, so
// that its figures are its own; the load comes over loopback.

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>
#include <utility>
#include <vector>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bench/loopback.h"
#include "core/base/concat.h"
#include "native/http/server.h"

namespace {

using namespace countersign;
using bench::connect_to;

class Echo final : public http::Handler {
public:
    api::Plan plan(const api::RequestHead& head) override {
        api::Plan plan;
        plan.lane = head.path == "/api/live" ? api::Lane::live : api::Lane::reader;
        plan.body_limit_bytes = 1 << 20;
        return plan;
    }

    void answer(const api::RequestHead&, std::string body, http::Reply reply) override {
        api::Response response;
        response.headers = {{"content-type", "application/json"}};
        response.body = concat("{\"bytes\":", body.size(), "}");
        reply(std::move(response));
    }

    Result<std::unique_ptr<http::BodySink>> open(const api::RequestHead&) override {
        return fail(ErrorCode::unimplemented, "not measured here");
    }
};

class NoWriter final : public http::WriterLane {
public:
    bool post(Job, Done, Admission) override { return false; }
};

// The child: serves until its pipe ends.
[[noreturn]] void serve(int port_pipe, int stop_pipe) {
    Echo handler;
    NoWriter writer;
    http::ServerOptions options;
    options.port = 0;
    options.threads = 1;
    options.limits.connections = 20'000;
    auto server = http::Server::start(std::move(options), handler, writer);
    const uint16_t port = server.ok() ? server.value()->port() : 0;
    [[maybe_unused]] const auto written = ::write(port_pipe, &port, sizeof port);
    char byte = 0;
    [[maybe_unused]] const auto got = ::read(stop_pipe, &byte, 1);
    server = fail(ErrorCode::unavailable, "stopped");
    std::exit(0);
}

// One answer at a time on each connection. All answers have the size of the first.
void load(uint16_t port, const std::string& request, size_t requests, size_t connections) {
    std::vector<pollfd> sockets;
    std::vector<size_t> received(connections, 0);
    for (size_t i = 0; i < connections; ++i) {
        sockets.push_back({connect_to(port), POLLIN, 0});
        [[maybe_unused]] const auto sent = ::send(sockets.back().fd, request.data(), request.size(), MSG_NOSIGNAL);
    }
    std::vector<char> buffer(size_t{64} * 1024);
    size_t answer_size = 0;
    for (size_t done = 0; done < requests;) {
        if (::poll(sockets.data(), sockets.size(), 5'000) <= 0) {
            std::puts("no answer within 5 s");
            std::exit(1);
        }
        for (size_t i = 0; i < connections; ++i) {
            if ((sockets[i].revents & POLLIN) == 0) {
                continue;
            }
            const ssize_t count = ::recv(sockets[i].fd, buffer.data(), buffer.size(), 0);
            if (count <= 0) {
                std::puts("the server closed a connection");
                std::exit(1);
            }
            answer_size = answer_size == 0 ? static_cast<size_t>(count) : answer_size;
            received[i] += static_cast<size_t>(count);
            if (received[i] >= answer_size) {
                received[i] -= answer_size;
                ++done;
                [[maybe_unused]] const auto sent = ::send(sockets[i].fd, request.data(), request.size(), MSG_NOSIGNAL);
            }
        }
    }
    for (const pollfd& socket : sockets) {
        ::close(socket.fd);
    }
}

double microseconds(const timeval& time) {
    return static_cast<double>(time.tv_sec) * 1e6 + static_cast<double>(time.tv_usec);
}

// A server in a child process.
class Child {
public:
    Child() {
        int ports[2];
        int stops[2];
        if (::pipe(ports) != 0 || ::pipe(stops) != 0) {
            std::exit(1);
        }
        pid_ = ::fork();
        if (pid_ == 0) {
            ::close(stops[1]);
            serve(ports[1], stops[0]);
        }
        ::close(stops[0]);
        stop_pipe_ = stops[1];
        if (::read(ports[0], &port_, sizeof port_) != sizeof port_ || port_ == 0) {
            std::puts("the server did not start");
            std::exit(1);
        }
        ::close(ports[0]);
        ::close(ports[1]);
    }

    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;

    ~Child() { stop(); }

    uint16_t port() const { return port_; }

    // Ends it and gives what it used.
    rusage stop() {
        rusage usage{};
        if (pid_ > 0) {
            ::close(stop_pipe_);
            int status = 0;
            ::wait4(std::exchange(pid_, -1), &status, 0, &usage);
        }
        return usage;
    }

    // Resident memory that is not mapped from files.
    size_t memory_bytes() const {
        std::ifstream status(concat("/proc/", pid_, "/status"));
        for (std::string line; std::getline(status, line);) {
            if (line.starts_with("RssAnon:")) {
                return std::strtoul(line.c_str() + 8, nullptr, 10) * 1'024;
            }
        }
        return 0;
    }

private:
    pid_t pid_ = -1;
    int stop_pipe_ = -1;
    uint16_t port_ = 0;
};

void measure(const char* name, const std::string& request, size_t requests, size_t connections) {
    Child server;
    const auto start = std::chrono::steady_clock::now();
    load(server.port(), request, requests, connections);
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
    const rusage usage = server.stop();
    const double user = microseconds(usage.ru_utime) / static_cast<double>(requests);
    const double system = microseconds(usage.ru_stime) / static_cast<double>(requests);
    std::printf("%-16s %4zu connections  %7.1f us CPU a request (%.1f user, %.1f system)  %7.0f requests/s\n", name,
                connections, user + system, user, system, static_cast<double>(requests) / took.count());
    std::fflush(stdout);
}

// Opens connections that send this and get some answer, and keeps them.
std::vector<int> open_all(uint16_t port, size_t count, const std::string& request, bool answered) {
    std::vector<int> sockets;
    sockets.reserve(count);
    std::vector<char> buffer(4'096);
    for (size_t i = 0; i < count; ++i) {
        sockets.push_back(connect_to(port));
        [[maybe_unused]] const auto sent = ::send(sockets.back(), request.data(), request.size(), MSG_NOSIGNAL);
        if (answered && ::recv(sockets.back(), buffer.data(), buffer.size(), 0) <= 0) {
            std::puts("a connection was not answered");
            std::exit(1);
        }
    }
    return sockets;
}

void close_all(const std::vector<int>& sockets) {
    for (const int socket : sockets) {
        ::close(socket);
    }
}

void measure_memory(const char* name, const std::string& request, size_t connections) {
    const Child server;
    close_all(open_all(server.port(), 16, request, true));
    const size_t before = server.memory_bytes();
    const std::vector<int> sockets = open_all(server.port(), connections, request, true);
    const size_t after = server.memory_bytes();
    std::printf("%-16s %4zu connections  %7zu bytes each (of %zu kB in all)\n", name, connections,
                (after - before) / connections, after / 1'024);
    std::fflush(stdout);
    close_all(sockets);
}

void print_latency(const char* name, uint16_t port, const std::string& request, size_t requests) {
    const int socket = connect_to(port);
    std::vector<char> buffer(4'096);
    std::vector<int64_t> took_us;
    took_us.reserve(requests);
    for (size_t i = 0; i < requests; ++i) {
        const auto start = std::chrono::steady_clock::now();
        [[maybe_unused]] const auto sent = ::send(socket, request.data(), request.size(), MSG_NOSIGNAL);
        if (::recv(socket, buffer.data(), buffer.size(), 0) <= 0) {
            std::puts("the server closed the connection");
            std::exit(1);
        }
        const auto took = std::chrono::steady_clock::now() - start;
        took_us.push_back(std::chrono::duration_cast<std::chrono::microseconds>(took).count());
    }
    ::close(socket);
    std::ranges::sort(took_us);
    std::printf("%-40s  p50 %5lld us  p99 %6lld us\n", name, static_cast<long long>(took_us[requests / 2]),
                static_cast<long long>(took_us[requests * 99 / 100]));
    std::fflush(stdout);
}

void measure_slow_clients(const std::string& request, size_t requests) {
    const Child server;
    print_latency("GET, nobody else", server.port(), request, requests);
    const auto heads = open_all(server.port(), 250, "GET /api/ping HTTP/1.1\r\nHost:", false);
    const auto bodies =
        open_all(server.port(), 250, "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9999\r\n\r\nx", false);
    print_latency("GET, beside 500 slow clients", server.port(), request, requests);
    close_all(heads);
    close_all(bodies);
}

}  // namespace

// What throws here has no memory left; the benchmark may end then.
int main(int argc, char** argv) {  // NOLINT(bugprone-exception-escape)
    const size_t requests = argc > 1 ? std::strtoul(argv[1], nullptr, 10) : 100'000;
    const std::string head = "Host: 127.0.0.1\r\nUser-Agent: bench\r\nAccept: application/json\r\n";
    const std::string get = concat("GET /api/ping HTTP/1.1\r\n", head, "\r\n");
    const std::string live = concat("GET /api/live HTTP/1.1\r\n", head, "\r\n");
    const std::string body(12'000, 'x');
    const std::string post =
        concat("POST /api/push HTTP/1.1\r\n", head, "Content-Length: ", body.size(), "\r\n\r\n", body);
    for (const size_t connections : {size_t{1}, size_t{16}, size_t{64}}) {
        measure("GET, trivial", get, requests, connections);
        measure("POST, 12 KB", post, requests, connections);
    }
    measure_memory("idle", get, 5'000);
    measure_memory("live", live, 5'000);
    measure_slow_clients(get, std::min<size_t>(requests, 20'000));
    return 0;
}

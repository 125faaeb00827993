// CPU time that the HTTP carrier spends on a request: a trivial GET, and a POST of 12 KB on the reader lane.
// Usage: http_bench [requests] [connections]      (not part of the tests; figures are of this machine, now)
// The server is a child process, so that its CPU time is its own; the load comes over loopback from this one.

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/base/concat.h"
#include "native/http/server.h"

namespace {

using namespace countersign;

class Echo final : public http::Handler {
public:
    api::Plan plan(const api::RequestHead&) override {
        api::Plan plan;
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

// The child: serves until its standard input ends.
[[noreturn]] void serve(int port_pipe, int stop_pipe) {
    Echo handler;
    NoWriter writer;
    auto server = http::Server::start({.port = 0, .threads = 1}, handler, writer);
    const uint16_t port = server.ok() ? server.value()->port() : 0;
    [[maybe_unused]] const auto written = ::write(port_pipe, &port, sizeof port);
    char byte = 0;
    [[maybe_unused]] const auto got = ::read(stop_pipe, &byte, 1);
    server = fail(ErrorCode::unavailable, "stopped");
    std::exit(0);
}

int connect_to(uint16_t port) {
    const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (fd < 0 || ::connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
        std::perror("connect");
        std::exit(1);
    }
    return fd;
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

void measure(const char* name, const std::string& request, size_t requests, size_t connections) {
    int ports[2];
    int stops[2];
    if (::pipe(ports) != 0 || ::pipe(stops) != 0) {
        std::exit(1);
    }
    const pid_t child = ::fork();
    if (child == 0) {
        ::close(stops[1]);
        serve(ports[1], stops[0]);
    }
    ::close(stops[0]);
    uint16_t port = 0;
    if (::read(ports[0], &port, sizeof port) != sizeof port || port == 0) {
        std::puts("the server did not start");
        std::exit(1);
    }
    const auto start = std::chrono::steady_clock::now();
    load(port, request, requests, connections);
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
    ::close(stops[1]);
    int status = 0;
    rusage usage{};
    ::wait4(child, &status, 0, &usage);
    const double user = microseconds(usage.ru_utime) / static_cast<double>(requests);
    const double system = microseconds(usage.ru_stime) / static_cast<double>(requests);
    std::printf("%-16s %4zu connections  %7.1f us CPU a request (%.1f user, %.1f system)  %7.0f requests/s\n", name,
                connections, user + system, user, system, static_cast<double>(requests) / took.count());
    std::fflush(stdout);
}

}  // namespace

// What throws here has no memory left; the benchmark may end then.
int main(int argc, char** argv) {  // NOLINT(bugprone-exception-escape)
    const size_t requests = argc > 1 ? std::strtoul(argv[1], nullptr, 10) : 100'000;
    const size_t only = argc > 2 ? std::strtoul(argv[2], nullptr, 10) : 0;
    const std::string head = "Host: 127.0.0.1\r\nUser-Agent: bench\r\nAccept: application/json\r\n";
    const std::string get = concat("GET /api/ping HTTP/1.1\r\n", head, "\r\n");
    const std::string body(12'000, 'x');
    const std::string post =
        concat("POST /api/push HTTP/1.1\r\n", head, "Content-Length: ", body.size(), "\r\n\r\n", body);
    for (const size_t connections : only == 0 ? std::vector<size_t>{1, 16, 64} : std::vector<size_t>{only}) {
        measure("GET, trivial", get, requests, connections);
        measure("POST, 12 KB", post, requests, connections);
    }
    return 0;
}

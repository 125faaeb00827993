#include "bench/crowd/slow_clients.h"

#include <chrono>
#include <string>
#include <string_view>

#include <sys/socket.h>
#include <unistd.h>

#include "bench/loopback.h"

namespace countersign::bench {

namespace {

void send_now(int fd, std::string_view bytes) {
    [[maybe_unused]] const auto sent = ::send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
}

// Whether the server has ended the connection; takes one byte of what is there.
bool is_gone(int fd) {
    char byte = 0;
    const ssize_t count = ::recv(fd, &byte, 1, MSG_DONTWAIT);
    return count == 0 || (count < 0 && errno != EAGAIN);
}

}  // namespace

SlowClients::SlowClients(uint16_t port, size_t count) : port_(port) {
    for (size_t i = 0; i < count; ++i) {
        clients_.push_back({static_cast<Kind>(i % 3)});
        open(clients_.back());
    }
    thread_ = std::thread([this] { run(); });
}

SlowClients::~SlowClients() {
    stopping_ = true;
    thread_.join();
    for (const Client& client : clients_) {
        ::close(client.fd);
    }
}

void SlowClients::open(Client& client) {
    client.fd = connect_to(port_, client.kind == Kind::reader ? 4'096 : 0);
    if (client.kind == Kind::head) {
        send_now(client.fd, "GET /api/v1/server HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ");
    } else if (client.kind == Kind::body) {
        send_now(client.fd, "POST /api/v1/session HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100000\r\n\r\n{");
    } else {
        // Some 60 KB each: more than the system buffers, so that the server has to wait for the reader.
        std::string pipeline;
        for (int i = 0; i < 200; ++i) {
            pipeline += "GET /api/openapi.json HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";
        }
        send_now(client.fd, pipeline);
    }
}

void SlowClients::step(Client& client) {
    if (is_gone(client.fd)) {
        ++cut_off_;
        ::close(client.fd);
        open(client);
    } else if (client.kind != Kind::reader) {
        send_now(client.fd, "x");
    }
}

void SlowClients::run() {
    const auto pause = std::chrono::milliseconds(1'000) / static_cast<int64_t>(clients_.size());
    for (size_t next = 0; !stopping_; next = (next + 1) % clients_.size()) {
        step(clients_[next]);
        std::this_thread::sleep_for(pause);
    }
}

}  // namespace countersign::bench

#include "native/http/live.h"

#include <optional>
#include <utility>
#include <vector>

#include <boost/asio/write.hpp>

#include "core/base/concat.h"
#include "native/http/status.h"

namespace countersign::http {

// Callbacks, not a coroutine: reading (to notice that the client went) and writing go on side by side.
class LiveConnection : public std::enable_shared_from_this<LiveConnection> {
public:
    LiveConnection(LiveRegistry& registry, Socket socket, Ticket ticket, std::string project)
        : registry_(registry),
          socket_(std::move(socket)),
          ticket_(std::move(ticket)),
          project_(std::move(project)),
          until_(SteadyClock::now() + registry.limits_.live_time) {}

    void start() {
        listen();
        write(": open\n\n");
    }

    void poke(uint64_t seq) {
        waiting_seq_ = std::max(waiting_seq_.value_or(0), seq);
        write_next();
    }

    void sweep(TimePoint now) {
        if (writing_ && now >= write_deadline_) {
            registry_.metrics_.count(Rejected::slow_listener);
            close();
        } else if (now >= until_) {
            close();
        } else if (!writing_ && now >= heartbeat_at_) {
            write(":\n\n");
        }
    }

    void close() {
        if (std::exchange(closed_, true)) {
            return;
        }
        ErrorCodeOfAsio ignored;
        socket_.close(ignored);
        registry_.remove(shared_from_this(), project_);
    }

private:
    void write_next() {
        if (!writing_ && waiting_seq_) {
            const uint64_t seq = *std::exchange(waiting_seq_, std::nullopt);
            registry_.metrics_.pokes_sent.fetch_add(1, std::memory_order_relaxed);
            write(concat("event: poke\ndata: {\"project\":", json_text(project_), ",\"seq\":", seq, "}\n\n"));
        }
    }

    void write(std::string message) {
        const TimePoint now = SteadyClock::now();
        writing_ = true;
        write_deadline_ = now + registry_.limits_.live_write_time;
        heartbeat_at_ = now + registry_.limits_.live_heartbeat;
        message_ = std::move(message);
        asio::async_write(
            socket_, asio::buffer(message_),
            [self = shared_from_this()](ErrorCodeOfAsio code, size_t count) { self->wrote(code, count); });
    }

    void wrote(ErrorCodeOfAsio code, size_t count) {
        registry_.metrics_.bytes_sent.fetch_add(count, std::memory_order_relaxed);
        writing_ = false;
        if (code) {
            close();
        } else if (!closed_) {
            write_next();
        }
    }

    // Nothing is expected; what comes anyway is thrown away, up to a limit.
    void listen() {
        socket_.async_read_some(
            asio::buffer(unexpected_),
            [self = shared_from_this()](ErrorCodeOfAsio code, size_t count) { self->heard(code, count); });
    }

    void heard(ErrorCodeOfAsio code, size_t count) {
        unexpected_bytes_ += count;
        if (code || unexpected_bytes_ > registry_.limits_.head_bytes) {
            close();
        } else if (!closed_) {
            listen();
        }
    }

    LiveRegistry& registry_;
    Socket socket_;
    Ticket ticket_;
    std::string project_;
    std::string message_;
    std::optional<uint64_t> waiting_seq_;
    bool writing_ = false;
    bool closed_ = false;
    TimePoint write_deadline_ = kNever;
    TimePoint heartbeat_at_ = kNever;
    TimePoint until_;
    std::array<char, 64> unexpected_{};
    size_t unexpected_bytes_ = 0;
};

void LiveRegistry::adopt(Socket socket, Ticket ticket, std::string project) {
    auto connection = std::make_shared<LiveConnection>(*this, std::move(socket), std::move(ticket), project);
    connections_[std::move(project)].insert(connection);
    metrics_.live_open.fetch_add(1, std::memory_order_relaxed);
    connection->start();
}

void LiveRegistry::poke(const std::string& project, uint64_t seq) {
    const auto found = connections_.find(project);
    if (found == connections_.end()) {
        return;
    }
    for (const auto& connection : found->second) {
        connection->poke(seq);
    }
}

void LiveRegistry::sweep(TimePoint now) {
    std::vector<std::shared_ptr<LiveConnection>> all;  // a connection that closes leaves the map
    for (const auto& [project, connections] : connections_) {
        all.insert(all.end(), connections.begin(), connections.end());
    }
    for (const auto& connection : all) {
        connection->sweep(now);
    }
}

void LiveRegistry::close_all() {
    while (!connections_.empty()) {
        const std::shared_ptr<LiveConnection> one = *connections_.begin()->second.begin();
        one->close();
    }
}

void LiveRegistry::remove(const std::shared_ptr<LiveConnection>& connection, const std::string& project) {
    const auto found = connections_.find(project);
    if (found != connections_.end() && found->second.erase(connection) == 1) {
        metrics_.live_open.fetch_sub(1, std::memory_order_relaxed);
        if (found->second.empty()) {
            connections_.erase(found);
        }
    }
}

}  // namespace countersign::http

#include "native/http/worker.h"

#include <algorithm>
#include <array>
#include <vector>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include "core/base/concat.h"
#include "native/http/answer.h"
#include "native/http/connection.h"
#include "native/http/status.h"

namespace countersign::http {
namespace {

using ReusePort = asio::detail::socket_option::boolean<SOL_SOCKET, SO_REUSEPORT>;

constexpr Limits::Milliseconds kAcceptPause{100};

// How often deadlines are looked at: fine enough for the shortest of them, and seldom.
Limits::Milliseconds tick_of(const Limits& limits) {
    const auto shortest = std::min({limits.head_time, limits.idle_time, limits.body_grace, limits.request_time,
                                    limits.answer_grace, limits.linger_time, limits.live_heartbeat,
                                    limits.live_write_time, limits.live_time, limits.streamed_request_time});
    return std::clamp(shortest / 8, Limits::Milliseconds(2), Limits::Milliseconds(250));
}

}  // namespace

Worker::Worker(Shared& shared, tcp::endpoint endpoint)
    : shared_(shared), endpoint_(std::move(endpoint)), live_(shared.options.limits, shared.metrics) {}

Worker::~Worker() {
    gate_->shut();
}

tcp::endpoint Worker::listen() {
    acceptor_.open(endpoint_.protocol());
    acceptor_.set_option(asio::socket_base::reuse_address(true));
    acceptor_.set_option(ReusePort(true));
    acceptor_.bind(endpoint_);
    acceptor_.listen(asio::socket_base::max_listen_connections);
    return acceptor_.local_endpoint();
}

void Worker::run() {
    asio::co_spawn(context_, accept(), asio::detached);
    asio::co_spawn(context_, keep_time(), asio::detached);
    context_.run();
    gate_->shut();
}

Task<void> Worker::accept() {
    while (!stopping_) {
        auto [code, socket] = co_await acceptor_.async_accept(kAwait);
        if (!code) {
            welcome(std::move(socket));
        } else if (!stopping_ && code != asio::error::connection_aborted) {
            // Out of files or memory: trying again at once would only burn the processor.
            accept_pause_.expires_after(kAcceptPause);
            co_await accept_pause_.async_wait(kAwait);
        }
    }
}

void Worker::welcome(Socket socket) {
    shared_.metrics.connections_accepted.fetch_add(1, std::memory_order_relaxed);
    ErrorCodeOfAsio code;
    const auto peer = socket.remote_endpoint(code);
    if (code) {
        return;  // gone already
    }
    socket.set_option(tcp::no_delay(true), code);
    auto admitted = shared_.admission.admit(peer.address());
    if (const Rejected* const reason = std::get_if<Rejected>(&admitted)) {
        shared_.metrics.count(*reason);
        // Even a "no" costs a file; beyond this many at once there is only a closed door.
        if (turned_away_ < kTurnedAwayAtOnce) {
            asio::co_spawn(context_, turn_away(std::move(socket), *reason), asio::detached);
        }
        return;
    }
    auto connection = std::make_unique<Connection>(*this, std::move(socket), std::move(std::get<Ticket>(admitted)),
                                                   peer.address().to_string());
    asio::co_spawn(context_, Connection::serve(std::move(connection)), asio::detached);
}

Task<void> Worker::turn_away(Socket accepted, Rejected reason) {
    ++turned_away_;
    // Shared with the timer, which may already be on its way when this is done.
    const auto socket = std::make_shared<Socket>(std::move(accepted));
    const bool whole_server = reason == Rejected::connections;
    const std::string answer = whole_answer(
        refusal_response({503,
                          whole_server
                              ? concat("the server holds the ", limits().connections, " connections that it may hold")
                              : concat("there are ", limits().connections_per_address,
                                       " connections from this address already, and no more are allowed"),
                          {"retry-after", concat(limits().retry_after_s)}}),
        date_line());
    Timer timer(context_.get_executor());
    timer.expires_after(limits().linger_time);
    timer.async_wait([socket](ErrorCodeOfAsio code) {
        if (!code) {
            socket->close(code);
        }
    });
    // The request is read and thrown away, so that the answer is not lost with it.
    std::array<char, 512> ignored{};
    auto [code, count] = co_await socket->async_write_some(asio::buffer(answer), kAwait);
    if (!code) {
        socket->shutdown(tcp::socket::shutdown_send, code);
        while (!code) {
            std::tie(code, count) = co_await socket->async_read_some(asio::buffer(ignored), kAwait);
        }
    }
    --turned_away_;
}

void Worker::add(Connection& connection) {
    connections_.insert(&connection);
    if (connections_.size() == 1) {
        clock_.cancel();  // it stands still while there is nobody
    }
}

Task<void> Worker::keep_time() {
    const Limits::Milliseconds tick = tick_of(limits());
    for (;;) {
        const bool nobody = connections_.empty() && live_.empty();
        if (stopping_ && nobody && turned_away_ == 0) {
            co_return;
        }
        const TimePoint now = SteadyClock::now();
        clock_.expires_at(nobody && !stopping_ ? kNever : now + tick);
        co_await clock_.async_wait(kAwait);
        const TimePoint then = SteadyClock::now();
        for (Connection* const connection : connections_) {
            connection->sweep(then);
        }
        live_.sweep(then);
        if (then >= stop_deadline_) {
            for (Connection* const connection : connections_) {
                connection->close();
            }
        }
    }
}

void Worker::stop() {
    gate_->post([this] { begin_stop(); });
}

void Worker::begin_stop() {
    if (stopping_) {
        return;
    }
    stopping_ = true;
    stop_deadline_ = SteadyClock::now() + limits().stop_time;
    ErrorCodeOfAsio ignored;
    acceptor_.close(ignored);
    accept_pause_.cancel();
    for (Connection* const connection : connections_) {
        connection->finish_soon();
    }
    live_.close_all();
    clock_.cancel();
}

void Worker::poke(std::string_view project, uint64_t seq) {
    const std::lock_guard lock(pokes_mutex_);
    const bool posted = !pokes_.empty();
    uint64_t& waiting = pokes_.try_emplace(std::string(project), 0).first->second;
    waiting = std::max(waiting, seq);
    if (posted) {
        return;
    }
    gate_->post([this] {
        std::map<std::string, uint64_t, std::less<>> pokes;
        {
            const std::lock_guard inner(pokes_mutex_);
            pokes.swap(pokes_);
        }
        for (const auto& [name, number] : pokes) {
            live_.poke(name, number);
        }
    });
}

std::string_view Worker::date_line() {
    using std::chrono::system_clock;
    const int64_t now_s =
        std::chrono::duration_cast<std::chrono::seconds>(system_clock::now().time_since_epoch()).count();
    if (now_s != date_s_) {
        date_s_ = now_s;
        date_line_ = http::date_line(now_s);
    }
    return date_line_;
}

}  // namespace countersign::http

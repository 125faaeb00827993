#include "native/http/server.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <mutex>
#include <thread>

#include <boost/asio/posix/basic_stream_descriptor.hpp>
#include <fcntl.h>
#include <unistd.h>

#include "core/base/concat.h"
#include "native/http/worker.h"

namespace countersign::http {
namespace {

constexpr uint32_t kMostThreads = 8;

Error listen_error(const ServerOptions& options, const ErrorCodeOfAsio& code) {
    const std::string place = concat(options.address, ':', options.port);
    if (code == asio::error::address_in_use) {
        return fail(ErrorCode::already_exists,
                    concat("port ", options.port, " is taken by another program; choose another with --port"), place);
    }
    if (code == asio::error::access_denied) {
        return fail(ErrorCode::forbidden,
                    concat("this user may not listen on port ", options.port,
                           "; choose one from 1024 on with --port, or give the program the right to bind lower ones"),
                    place);
    }
    if (code == boost::system::errc::address_not_available) {
        return fail(
            ErrorCode::invalid_argument,
            concat("the address ", options.address,
                   " is not one of this machine's; use 127.0.0.1 for this machine only, 0.0.0.0 for all networks"),
            place);
    }
    return fail(ErrorCode::unavailable, concat("cannot listen: ", code.message()), place);
}

// Our own listeners share the port (SO_REUSEPORT), and so would a second server of the same user, silently. One bind
// without sharing finds out. Gives the port, chosen by the system when 0 was asked for.
uint16_t probe_port(const tcp::endpoint& endpoint) {
    asio::io_context context(1);
    Acceptor probe(context.get_executor());
    probe.open(endpoint.protocol());
    probe.set_option(asio::socket_base::reuse_address(true));
    probe.bind(endpoint);
    return probe.local_endpoint().port();
}

}  // namespace

struct Server::State {
    State(ServerOptions options, Handler& handler, WriterLane& writer) : shared(std::move(options), handler, writer) {}

    State(const State&) = delete;
    State& operator=(const State&) = delete;

    ~State() {
        ::close(stop_write_end);
        if (!stop_read) {
            ::close(stop_read_end);
        }
    }

    void add_worker(const tcp::endpoint& endpoint) {
        workers.push_back(std::make_unique<Worker>(shared, endpoint));
        workers.back()->listen();
    }

    void run();

    Shared shared;
    std::vector<std::unique_ptr<Worker>> workers;
    std::vector<std::thread> threads;
    std::mutex joining;
    // A byte in this pipe asks for the stop: writing it is all that a signal handler may do.
    int stop_read_end = -1;
    int stop_write_end = -1;
    std::optional<asio::posix::basic_stream_descriptor<Executor>> stop_read;
};

void Server::State::run() {
    stop_read.emplace(workers.front()->context().get_executor(), stop_read_end);
    stop_read->async_wait(asio::posix::descriptor_base::wait_read, [this](ErrorCodeOfAsio code) {
        if (!code) {
            std::ranges::for_each(workers, [](const auto& worker) { worker->stop(); });
        }
    });
    for (const auto& worker : workers) {
        threads.emplace_back([&one = *worker] { one.run(); });
    }
}

Server::Server(std::unique_ptr<State> state) : state_(std::move(state)) {}

Result<std::unique_ptr<Server>> Server::start(ServerOptions options, Handler& handler, WriterLane& writer) {
    CS_TRY(check(options.limits));
    ErrorCodeOfAsio code;
    const auto address = asio::ip::make_address(options.address, code);
    if (code) {
        return fail(
            ErrorCode::invalid_argument,
            concat("'", options.address, "' is no IP address; 127.0.0.1 is this machine only, 0.0.0.0 all networks"));
    }
    const uint32_t cores = std::max(1U, std::thread::hardware_concurrency());
    const uint32_t threads = options.threads == 0 ? std::min(cores, kMostThreads) : options.threads;
    options.limits.connections = connections_within_file_limit(options.limits.connections);
    auto state = std::make_unique<State>(std::move(options), handler, writer);
    if (std::array<int, 2> pipe{}; ::pipe2(pipe.data(), O_CLOEXEC | O_NONBLOCK) == 0) {
        state->stop_read_end = pipe[0];
        state->stop_write_end = pipe[1];
    } else {
        return fail(ErrorCode::exhausted, "the process may open no more files; raise its limit (ulimit -n)");
    }
    ServerOptions& ours = state->shared.options;
    std::unique_ptr<Server> server(new Server(std::move(state)));
    try {
        ours.port = probe_port({address, ours.port});
        for (uint32_t i = 0; i < threads; ++i) {
            server->state_->add_worker({address, ours.port});
        }
        server->state_->run();
    } catch (const boost::system::system_error& error) {
        return listen_error(ours, error.code());
    } catch (const std::system_error& error) {
        return fail(ErrorCode::exhausted, concat("no network thread could be started: ", error.what()));
    }
    return server;
}

Server::~Server() {
    request_stop();
    wait();
}

uint16_t Server::port() const {
    return state_->shared.options.port;
}

std::string Server::address() const {
    const std::string& address = state_->shared.options.address;
    const bool v6 = address.find(':') != std::string::npos;
    return concat("http://", v6 ? "[" : "", address, v6 ? "]:" : ":", port());
}

uint32_t Server::connection_limit() const {
    return state_->shared.options.limits.connections;
}

const Metrics& Server::metrics() const {
    return state_->shared.metrics;
}

void Server::poke(std::string_view project, uint64_t seq) {
    std::ranges::for_each(state_->workers, [&](const auto& worker) { worker->poke(project, seq); });
}

void Server::request_stop() noexcept {
    const int saved = errno;  // a signal handler must not change it
    // When the pipe is full, a stop was asked for before.
    [[maybe_unused]] const auto written = ::write(state_->stop_write_end, "s", 1);
    errno = saved;
}

void Server::wait() {
    const std::lock_guard lock(state_->joining);
    for (std::thread& thread : state_->threads) {
        if (thread.joinable()) {
            thread.join();
        }
    }
}

}  // namespace countersign::http

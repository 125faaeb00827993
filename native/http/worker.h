#pragma once
// One network thread: its io_context, its listener, its connections, and the sweep that keeps their time.
// Internal to native/http.

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_set>

#include <boost/asio/executor_work_guard.hpp>

#include "native/http/admission.h"
#include "native/http/gate.h"
#include "native/http/live.h"
#include "native/http/server.h"

namespace countersign::http {

class Connection;

// What all threads of a server share.
struct Shared {
    Shared(ServerOptions o, Handler& h, WriterLane& w)
        : options(std::move(o)), handler(h), writer(w), admission(options.limits, metrics) {}

    ServerOptions options;
    Handler& handler;
    WriterLane& writer;
    Metrics metrics;
    Admission admission;
};

class Worker {
public:
    Worker(Shared& shared, tcp::endpoint endpoint);
    ~Worker();
    Worker(const Worker&) = delete;
    Worker& operator=(const Worker&) = delete;

    // Binds and listens; throws boost::system::system_error. Returns where it listens.
    tcp::endpoint listen();
    // Serves until stopped; the thread's whole life.
    void run();

    // -- any thread --
    void stop();
    void poke(std::string_view project, uint64_t seq);

    // -- network thread --
    void add(Connection& connection);

    void remove(Connection& connection) { connections_.erase(&connection); }

    bool stopping() const { return stopping_; }

    std::string_view date_line();

    const std::shared_ptr<Gate>& gate() { return gate_; }

    Shared& shared() { return shared_; }

    const Limits& limits() const { return shared_.options.limits; }

    LiveRegistry& live() { return live_; }

    asio::io_context& context() { return context_; }

private:
    Task<void> accept();
    void welcome(Socket socket);
    Task<void> turn_away(Socket socket, Rejected reason);
    Task<void> keep_time();
    void begin_stop();

    static constexpr uint32_t kTurnedAwayAtOnce = 64;

    Shared& shared_;
    tcp::endpoint endpoint_;
    asio::io_context context_{1};
    std::shared_ptr<Gate> gate_ = std::make_shared<Gate>(context_);
    Acceptor acceptor_{context_.get_executor()};
    Timer accept_pause_{context_.get_executor()};
    Timer clock_{context_.get_executor()};
    LiveRegistry live_;
    std::unordered_set<Connection*> connections_;
    uint32_t turned_away_ = 0;
    bool stopping_ = false;
    TimePoint stop_deadline_ = kNever;
    int64_t date_s_ = -1;
    std::string date_line_;
    std::mutex pokes_mutex_;
    std::map<std::string, uint64_t, std::less<>> pokes_;  // by project: the highest number that waits
};

}  // namespace countersign::http

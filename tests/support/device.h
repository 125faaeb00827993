#pragma once
// A device without a browser: the real store, outbox and sync client, with a transport that calls a TestServer and can
// be cut at any point.

#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "core/ports/transport.h"
#include "core/sync/client.h"
#include "tests/support/server.h"

namespace countersign::testing {

class LoopbackTransport : public Transport {
public:
    LoopbackTransport(TestServer& server, std::string account) : server_(server), account_(std::move(account)) {}

    enum class Network { up, down, answer_lost, answer_cut };

    void send(TransportRequest request, Done done) override {
        waiting_.emplace_back(std::move(request), std::move(done));
    }

    // Delivers what was sent since; true when there was something.
    bool deliver();

    // Whether something is on its way to an address with this in it.
    bool asks(std::string_view part) const;

    // What would arrive first arrives last.
    void overtake() {
        waiting_.push_back(std::move(waiting_.front()));
        waiting_.pop_front();
    }

    // What was on its way is gone, as after a crash.
    void drop_all() { waiting_.clear(); }

    Network network = Network::up;
    // What goes to an address with one of these in it finds no network.
    std::vector<std::string> unreachable;

private:
    Result<TestServer::Answer> ask(const TransportRequest& request);
    Result<TestServer::Answer> ask_signed_in(const TransportRequest& request);

    TestServer& server_;
    std::string account_;
    TestServer::Cookies cookies_;  // this browser's
    bool signed_in_ = false;
    std::deque<std::pair<TransportRequest, Done>> waiting_;
};

class TestDevice {
public:
    TestDevice(TestServer& server, std::string account, std::string project, uint64_t seed,
               std::string path = ":memory:");
    // Not open yet.
    TestDevice(TestServer& server, std::string account, std::string project, uint64_t seed, store::OpenOptions options);

    // What restart() does, where the store may refuse.
    Status open();

    // Runs sync and network until nothing is left to do, or time would have to pass.
    void settle();
    // The same, letting time pass for retries, at most `limit` of it.
    void settle_for(Duration limit);

    // Runs until something is on its way to an address with this in it.
    void run_until_it_asks(std::string_view part);

    // As when the desk opens another project.
    void open_project(std::string id);

    Result<OperationId> decide(std::string_view item, ReviewDraft draft);
    Result<OperationId> withdraw(std::string_view item, const OperationId& review);
    ItemState item(std::string_view id);

    TestServer& server;
    ActorId actor;
    ProjectId project;
    SeededEntropy entropy;
    std::unique_ptr<store::Database> database;
    LoopbackTransport transport;
    std::unique_ptr<sync::Device> device;
    std::unique_ptr<sync::SyncClient> client;

    // As after a crash of the process: everything in memory is gone, the store is opened again.
    void restart();

private:
    store::OpenOptions options_;
};

}  // namespace countersign::testing

#pragma once
// What lies between devices and server: a queue of messages that loses, doubles, delays and cuts them, and servers that
// die while they answer. A device that waits for half a minute gives up, whatever becomes of its message.

#include <memory>
#include <string>

#include "core/ports/transport.h"
#include "tests/sim/server.h"

namespace countersign::sim {

class World;
class Desk;

class Network {
public:
    explicit Network(World& world) : world_(world) {}

    void send(Desk& desk, TransportRequest request, Transport::Done done);

    bool calm = false;           // nothing goes wrong any more
    bool refuses_pulls = false;  // the server's reading half is out of order

private:
    struct Exchange;
    using Shared = std::shared_ptr<Exchange>;

    void arrive(const Shared& exchange);
    void refuse(const Shared& exchange, int status);
    void answer(const Shared& exchange, Reply reply);
    void finish(const Shared& exchange, Result<TransportResponse> result);
    Strike strike_for(const Exchange& exchange);

    World& world_;
    uint64_t sent_ = 0;
};

// A device's end of it.
class SimTransport : public Transport {
public:
    SimTransport(Network& network, Desk& desk) : network_(network), desk_(desk) {}

    void send(TransportRequest request, Done done) override {
        network_.send(desk_, std::move(request), std::move(done));
    }

private:
    Network& network_;
    Desk& desk_;
};

}  // namespace countersign::sim

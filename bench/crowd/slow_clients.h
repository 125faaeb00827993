#pragma once
// Clients that hold a connection and hardly move: a head that drips in, a body that does, answers that nobody takes.
// Whoever is cut off comes back at once, so that there are always as many.

#include <atomic>
#include <cstdint>
#include <thread>
#include <vector>

namespace countersign::bench {

class SlowClients {
public:
    // A third of each kind; a byte a second each.
    SlowClients(uint16_t port, size_t count);
    ~SlowClients();
    SlowClients(const SlowClients&) = delete;
    SlowClients& operator=(const SlowClients&) = delete;

    uint64_t cut_off() const { return cut_off_; }

private:
    enum class Kind : uint8_t { head, body, reader };

    struct Client {
        Kind kind;
        int fd = -1;
    };

    void open(Client& client);
    void step(Client& client);
    void run();

    uint16_t port_;
    std::vector<Client> clients_;
    std::atomic<uint64_t> cut_off_{0};
    std::atomic<bool> stopping_{false};
    std::thread thread_;
};

}  // namespace countersign::bench

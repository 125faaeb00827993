#pragma once
// Reviewers who work through the real protocol on a server that is a process of its own: each has the product's store,
// outbox and sync client, and remembers what was acknowledged to it.

#include <atomic>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/store/sqlite.h"
#include "core/sync/client.h"
#include "native/desktop/link/http_exchange.h"
#include "native/platform/clock_posix.h"
#include "tests/support/fakes.h"

namespace countersign::faults {

// A data folder with the project "city" and messages msg-0, msg-1, ... in it.
void make_city(const std::filesystem::path& data, int messages);
std::string city_line(int number);

class Reviewer {
public:
    // Number 0, 1, 2 ... among `of`: they take turns at the messages.
    Reviewer(int number, int of, uint64_t seed);
    Reviewer(const Reviewer&) = delete;
    Reviewer& operator=(const Reviewer&) = delete;

    // A server stands at this address: a new one, or the one from before started again.
    void meet(const std::string& address);
    // Decides and sends until the server does not answer, or so often; `decided` is told of each, on this thread.
    void work(uint64_t decisions, const std::function<void()>& decided = [] {});
    // Sends what waits and takes what is new. Why it could not, if so.
    Status settle();

    // The same until the feed has shown what became of everything: the server judges after it has answered.
    Status settle_until_confirmed();
    // How many of this device's operations stand in an event that the feed brought.
    uint64_t confirmed();

    // Ids of operations of which this device was told that the server has them.
    std::vector<std::string> acknowledged();

    uint64_t decided() const { return decided_.load(); }

private:
    class Line : public Transport {
    public:
        void send(TransportRequest request, Done done) override;
        // Asks what waits to be asked; false when there was nothing, or nobody answered.
        bool pump();

        std::unique_ptr<desktop::HttpExchange> exchange;
        bool alive = false;

    private:
        std::vector<std::pair<TransportRequest, Done>> waiting_;
    };

    Status sign_in();
    void decide_next();

    int number_;
    int of_;
    native::SystemClock clock_;
    testing::SeededEntropy entropy_;
    std::unique_ptr<store::Database> database_;
    std::unique_ptr<sync::Device> device_;
    std::shared_ptr<desktop::CookieJar> cookies_;
    Line line_;
    std::unique_ptr<sync::SyncClient> client_;
    std::atomic<uint64_t> decided_{0};  // looked at from other threads
    int next_message_;
};

}  // namespace countersign::faults

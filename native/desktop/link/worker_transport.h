#pragma once
// The desk's Transport: requests go to a worker thread, one after the other, and each answer comes back through the
// inbox to the frame thread.

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <memory>
#include <mutex>
#include <thread>

#include "core/ports/transport.h"
#include "native/desktop/link/exchange.h"
#include "native/desktop/link/inbox.h"

namespace countersign::desktop {

class WorkerTransport final : public Transport {
public:
    // The inbox outlives the transport, but is not run after it.
    WorkerTransport(std::unique_ptr<Exchange> exchange, Inbox& inbox);
    ~WorkerTransport() override;
    WorkerTransport(const WorkerTransport&) = delete;
    WorkerTransport& operator=(const WorkerTransport&) = delete;

    void send(TransportRequest request, Done done) override;

    // Requests whose answer the desk has not had yet. Frame thread.
    size_t in_flight() const { return in_flight_; }

private:
    struct Waiting {
        TransportRequest request;
        Done done;
    };

    void run();

    std::unique_ptr<Exchange> exchange_;
    Inbox& inbox_;
    size_t in_flight_ = 0;
    std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<Waiting> queue_;
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace countersign::desktop

#pragma once
// SIGINT and SIGTERM as an ordinary call: a thread waits for them, so that nothing runs in a signal handler.
//
// Contract: block() before any other thread is made, in main's thread: threads inherit that the two signals are
// blocked. A signal that comes between block() and the making of an object is heard by the object.

#include <atomic>
#include <functional>
#include <thread>

namespace countersign::desktop {

class StopSignals {
public:
    static void block();

    // `stop` is called on the waiting thread, once for each signal.
    explicit StopSignals(std::function<void()> stop);
    ~StopSignals();
    StopSignals(const StopSignals&) = delete;
    StopSignals& operator=(const StopSignals&) = delete;

private:
    std::function<void()> stop_;
    std::atomic<bool> ending_ = false;
    std::thread thread_;
};

}  // namespace countersign::desktop

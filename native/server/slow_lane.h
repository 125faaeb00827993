#pragma once
// A thread for what costs a tenth of a second of CPU and must not hold up a network thread: password hashes. Few may
// wait: beyond that, sign-in answers "too many at once" instead of eating the machine.

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

namespace countersign::native {

class SlowLane {
public:
    SlowLane();
    ~SlowLane();
    SlowLane(const SlowLane&) = delete;
    SlowLane& operator=(const SlowLane&) = delete;

    // False when too many wait already.
    bool post(std::function<void()> job);

private:
    static constexpr size_t kWaiting = 20;

    void run();

    std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<std::function<void()>> queue_;
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace countersign::native

#pragma once
// What other threads have for the frame thread: answers of requests, news, a signal. The desk runs on one thread; this
// is the only way in.
//
// Contract: post() from any thread. run() and wait() on the frame thread, which waits only after a run() that left it
// with nothing to do. What is still waiting when the inbox is destroyed is never run.

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <vector>

namespace countersign::desktop {

class Inbox {
public:
    using Work = std::function<void()>;

    // `wake` is called after each post(), on the poster's thread: it gets the frame thread out of the window system's
    // wait. May be empty when the frame thread waits here.
    explicit Inbox(std::function<void()> wake = {}) : wake_(std::move(wake)) {}

    void post(Work work);
    // Runs what was posted before the call. False when there was nothing.
    bool run();
    // Until something is posted, at most this long.
    void wait(std::chrono::microseconds time);

private:
    std::function<void()> wake_;
    std::mutex mutex_;
    std::condition_variable posted_;
    std::vector<Work> waiting_;
};

}  // namespace countersign::desktop

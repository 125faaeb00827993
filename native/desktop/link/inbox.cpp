#include "native/desktop/link/inbox.h"

#include <utility>

namespace countersign::desktop {

void Inbox::post(Work work) {
    {
        const std::lock_guard lock(mutex_);
        waiting_.push_back(std::move(work));
    }
    posted_.notify_one();
    if (wake_) {
        wake_();
    }
}

bool Inbox::run() {
    std::vector<Work> now;
    {
        const std::lock_guard lock(mutex_);
        now.swap(waiting_);
    }
    for (const Work& work : now) {
        work();
    }
    return !now.empty();
}

void Inbox::wait(std::chrono::microseconds time) {
    std::unique_lock lock(mutex_);
    posted_.wait_for(lock, time, [this] { return !waiting_.empty(); });
}

}  // namespace countersign::desktop

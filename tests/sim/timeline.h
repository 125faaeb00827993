#pragma once
// Virtual time and what is to happen in it: events run in the order of their moments, those of one moment in the order
// in which they were planned.

#include <cstdint>
#include <functional>
#include <map>
#include <utility>

namespace countersign::sim {

class Timeline {
public:
    int64_t now_us() const { return now_us_; }

    void after(int64_t delay_us, std::function<void()> action) {
        planned_.emplace(std::pair(now_us_ + delay_us, serial_++), std::move(action));
    }

    // Runs the next event that is due until then; false when there is none, and then it is that moment.
    bool step(int64_t until_us) {
        if (planned_.empty() || planned_.begin()->first.first > until_us) {
            now_us_ = until_us;
            return false;
        }
        auto next = planned_.extract(planned_.begin());
        now_us_ = next.key().first;
        next.mapped()();
        return true;
    }

private:
    int64_t now_us_ = 0;
    uint64_t serial_ = 0;
    std::map<std::pair<int64_t, uint64_t>, std::function<void()>> planned_;
};

}  // namespace countersign::sim

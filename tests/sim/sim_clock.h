#pragma once
// One machine's clock over virtual time: it may be wrong, run fast or slow, and be set.

#include <algorithm>

#include "core/ports/clock.h"
#include "tests/sim/timeline.h"

namespace countersign::sim {

class SimClock : public Clock {
public:
    SimClock(const Timeline& timeline, Duration skew, int64_t drift_ppm)
        : timeline_(timeline), skew_(skew), drift_ppm_(drift_ppm) {
        restart();
    }

    Instant now() override {
        const Instant now = kBegin + Duration{skew_.us + run_us(timeline_.now_us())};
        highest_ = std::max(highest_, now);
        return now;
    }

    Duration monotonic() override { return Duration{5 * kSecond_us + run_us(timeline_.now_us() - began_us_)}; }

    // Somebody, or a time server, sets the clock.
    void jump(Duration by) { skew_.us += by.us; }

    // As of a machine whose clock is right from here on.
    void set_right() { skew_.us = -run_us(timeline_.now_us()) + timeline_.now_us(); }

    // A new process: its monotonic clock begins anew.
    void restart() { began_us_ = timeline_.now_us(); }

    // The latest time that it ever showed.
    Instant highest() const { return highest_; }

    void believe(Instant other) { highest_ = std::max(highest_, other); }

private:
    static constexpr Instant kBegin{1'790'000'000 * kSecond_us};  // 2026-09-21T13:33:20Z

    int64_t run_us(int64_t span_us) const { return span_us + span_us / 1'000'000 * drift_ppm_; }

    const Timeline& timeline_;
    Duration skew_;
    int64_t drift_ppm_;
    int64_t began_us_ = 0;
    Instant highest_;
};

}  // namespace countersign::sim

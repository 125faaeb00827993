#include "native/metrics/histogram.h"

#include <algorithm>

namespace countersign::metrics {

uint64_t DurationHistogram::Snapshot::count() const {
    uint64_t all = 0;
    for (const uint64_t one : counts) {
        all += one;
    }
    return all;
}

void DurationHistogram::observe(int64_t duration_us) {
    const int64_t duration = std::max<int64_t>(duration_us, 0);
    const auto* const bucket = std::lower_bound(kBounds_us.begin(), kBounds_us.end(), duration);
    counts_[static_cast<size_t>(bucket - kBounds_us.begin())].fetch_add(1, std::memory_order_relaxed);
    sum_us_.fetch_add(static_cast<uint64_t>(duration), std::memory_order_relaxed);
}

DurationHistogram::Snapshot DurationHistogram::snapshot() const {
    Snapshot now;
    for (size_t i = 0; i < counts_.size(); ++i) {
        now.counts[i] = counts_[i].load(std::memory_order_relaxed);
    }
    now.sum_us = sum_us_.load(std::memory_order_relaxed);
    return now;
}

}  // namespace countersign::metrics

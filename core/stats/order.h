#pragma once
// Figures of numbers in ascending order.

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <span>

namespace countersign::stats {

// Between neighbours in proportion (definition 7 of Hyndman and Fan 1996). `sorted` is not empty, 0 <= p <= 1.
inline double quantile(std::span<const double> sorted, double p) {
    const double at = p * static_cast<double>(sorted.size() - 1);
    const auto low = static_cast<size_t>(std::floor(at));
    const size_t high = std::min(low + 1, sorted.size() - 1);
    return sorted[low] + ((at - static_cast<double>(low)) * (sorted[high] - sorted[low]));
}

// The middle one, or the mean of both. `sorted` is not empty.
inline double median(std::span<const double> sorted) {
    const size_t half = sorted.size() / 2;
    return sorted.size() % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}

}  // namespace countersign::stats

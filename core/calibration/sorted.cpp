#include "core/calibration/sorted.h"

#include <algorithm>
#include <cmath>

#include "core/base/check.h"

namespace countersign::calibration {

SortedOutcomes::SortedOutcomes(std::span<const Outcome> outcomes) : outcomes_(outcomes.begin(), outcomes.end()) {
    const auto less = [](const Outcome& a, const Outcome& b) { return a.confidence < b.confidence; };
    // Bootstraps bring theirs in order.
    if (!std::ranges::is_sorted(outcomes_, less)) {
        std::ranges::stable_sort(outcomes_, less);
    }
    sums_.reserve(outcomes_.size() + 1);
    Sums sums;
    sums_.push_back(sums);
    for (const Outcome& one : outcomes_) {
        CS_CHECK(one.confidence >= 0 && one.confidence <= 1);
        CS_CHECK(one.weight > 0 && std::isfinite(one.weight));
        sums.weight += one.weight;
        sums.squared_weight += one.weight * one.weight;
        sums.confidence += one.weight * one.confidence;
        sums.right += one.right ? one.weight : 0;
        sums_.push_back(sums);
    }
}

Bin SortedOutcomes::bin(size_t begin, size_t end) const {
    CS_CHECK(begin < end && end <= size());
    const Sums& from = sums_[begin];
    const Sums& to = sums_[end];
    const double weight = to.weight - from.weight;
    return {.begin = begin,
            .end = end,
            .weight = weight,
            .effective_items = weight * weight / (to.squared_weight - from.squared_weight),
            .mean_confidence = (to.confidence - from.confidence) / weight,
            .accuracy = std::clamp((to.right - from.right) / weight, 0.0, 1.0)};
}

}  // namespace countersign::calibration

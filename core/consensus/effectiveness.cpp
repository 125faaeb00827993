#include "core/consensus/effectiveness.h"

#include <cmath>

#include "core/base/check.h"
#include "core/stats/interval.h"
#include "core/stats/special.h"

namespace countersign::consensus {

Share wilson(size_t hits, size_t all, double level) {
    CS_CHECK(hits <= all && level > 0 && level < 1);
    if (all == 0) {
        return {};
    }
    const auto k = static_cast<double>(hits);
    const auto n = static_cast<double>(all);
    const stats::Interval interval = stats::wilson_interval(k, n, stats::normal_quantile((1 + level) / 2));
    return {.hits = hits, .all = all, .value = k / n, .low = interval.low, .high = interval.high};
}

Effectiveness effectiveness(std::span<const ReviewedPrediction> reviews, double level) {
    size_t changed = 0;
    size_t changed_well = 0;
    size_t wrong = 0;
    size_t wrong_kept = 0;
    size_t harmed = 0;
    size_t right_after = 0;
    for (const ReviewedPrediction& review : reviews) {
        const bool kept = review.reviewed == review.predicted;
        const bool was_right = review.predicted == review.outcome;
        const bool is_right = review.reviewed == review.outcome;
        changed += kept ? 0 : 1;
        changed_well += !kept && is_right ? 1 : 0;
        wrong += was_right ? 0 : 1;
        wrong_kept += !was_right && kept ? 1 : 0;
        harmed += was_right && !kept ? 1 : 0;
        right_after += is_right ? 1 : 0;
    }
    const size_t right = reviews.size() - wrong;
    return {.correction_precision = wilson(changed_well, changed, level),
            .missed_errors = wilson(wrong_kept, wrong, level),
            .harm = wilson(harmed, right, level),
            .right_before = wilson(right, reviews.size(), level),
            .right_after = wilson(right_after, reviews.size(), level)};
}

Difference difference(const Share& a, const Share& b) {
    const double value = a.value - b.value;
    if (a.all == 0 || b.all == 0) {
        return {};
    }
    const auto square = [](double x) { return x * x; };
    return {.value = value,
            .low = value - std::sqrt(square(a.value - a.low) + square(b.high - b.value)),
            .high = value + std::sqrt(square(a.high - a.value) + square(b.value - b.low))};
}

}  // namespace countersign::consensus

#include "core/certificate/cost.h"

#include <algorithm>
#include <cmath>
#include <string_view>

#include "core/base/concat.h"

namespace countersign::certificate {

namespace {

Status check_review(const ReviewCost& review, std::string_view name) {
    if (!(review.work >= 0 && std::isfinite(review.work))) {
        return fail(ErrorCode::invalid_argument, "must not be negative", concat(name, ".work"));
    }
    if (!(review.miss_rate >= 0 && review.miss_rate <= 1)) {
        return fail(ErrorCode::invalid_argument, "must be 0 to 1", concat(name, ".miss_rate"));
    }
    if (!(review.spoil_rate >= 0 && review.spoil_rate <= 1)) {
        return fail(ErrorCode::invalid_argument, "must be 0 to 1", concat(name, ".spoil_rate"));
    }
    if (review.miss_rate + review.spoil_rate >= 1) {
        return fail(ErrorCode::invalid_argument, "the review finds no more than it spoils", std::string(name));
    }
    return success();
}

// A line over x = 1 - p, the probability of being wrong.
struct Line {
    double at_zero;
    double slope;
};

Line of_review(const ReviewCost& review, double error) {
    return {review.work + (review.spoil_rate * error), (review.miss_rate - review.spoil_rate) * error};
}

// The x from which on `flat` is cheaper than `steep`; 1 where it never is.
double crossing(const Line& steep, const Line& flat) {
    const double difference = steep.slope - flat.slope;
    const double x = difference > 0 ? (flat.at_zero - steep.at_zero) / difference : 1;
    return std::clamp(x, 0.0, 1.0);
}

Ppm threshold_of(double wrong) {
    return Ppm{1'000'000 - static_cast<int32_t>(std::floor(wrong * 1e6))};
}

}  // namespace

Result<CostThresholds> cost_thresholds(const Costs& costs) {
    if (!(costs.error > 0 && std::isfinite(costs.error))) {
        return fail(ErrorCode::invalid_argument, "must be positive", "error");
    }
    CS_TRY_STATUS(check_review(costs.quick, "quick"));
    CS_TRY_STATUS(check_review(costs.full, "full"));
    if (costs.full.miss_rate > costs.quick.miss_rate || costs.full.spoil_rate > costs.quick.spoil_rate) {
        return fail(ErrorCode::invalid_argument, "a full review must not be worse than a quick check", "full");
    }
    const Line automatic{0, costs.error};
    const Line quick = of_review(costs.quick, costs.error);
    const Line full = of_review(costs.full, costs.error);
    const double to_quick = crossing(automatic, quick);
    const double to_full = crossing(quick, full);
    if (full.at_zero <= quick.at_zero && full.at_zero + full.slope > quick.at_zero + quick.slope) {
        return fail(ErrorCode::invalid_argument, "a quick check would pay only for what is surely wrong", "full");
    }
    if (to_quick >= to_full || full.at_zero <= quick.at_zero) {
        const Ppm only = threshold_of(crossing(automatic, full));
        return CostThresholds{only, only};
    }
    return CostThresholds{threshold_of(to_quick), threshold_of(to_full)};
}

}  // namespace countersign::certificate

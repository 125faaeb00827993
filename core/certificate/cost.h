#pragma once
// Thresholds where errors and reviews have prices: which probability of being right makes it cheapest to approve an
// item without a person, by a quick check, or by a full review. The threshold for approval is then certified
// (SearchOptions::laxest): money never opens what evidence does not.
//
// Expected cost of an item that is right with probability p (calibrated), in any one currency:
//   automatic: (1 - p) C                                 C: an error that goes out
//   review:    c + (1 - p) m C + p h C                   c: the work, m: missed errors, h: right ones made wrong
// All are straight lines in p, so the answer is two thresholds in closed form (the lower envelope of three lines).

#include "core/base/ppm.h"
#include "core/base/result.h"

namespace countersign::certificate {

struct ReviewCost {
    double work = 0;        // cost of one review
    double miss_rate = 0;   // of wrong predictions, the share that passes
    double spoil_rate = 0;  // of right predictions, the share that is made wrong
};

struct Costs {
    double error = 0;
    ReviewCost quick{};
    ReviewCost full{};
};

// From `automatic` on: without a person. From `quick` on and below that: a quick check. Below `quick`: a full review.
// Equal where quick checks never pay. Rounded towards more review.
struct CostThresholds {
    Ppm automatic{};
    Ppm quick{};
};

// Errors: invalid_argument with the field: the cost of an error must be positive, work not negative, rates in [0, 1];
// a review must find more than it spoils (miss_rate + spoil_rate < 1), and a full review must not be worse at either
// than a quick one.
Result<CostThresholds> cost_thresholds(const Costs& costs);

}  // namespace countersign::certificate

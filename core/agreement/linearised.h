#pragma once
// What the chance-corrected coefficients share: observed agreement unit by unit, and the way from there and from what
// chance expects to value, standard error and interval. Internal to core/agreement.

#include <optional>
#include <span>
#include <vector>

#include "core/agreement/outcome.h"
#include "core/agreement/ratings.h"
#include "core/agreement/weights.h"

namespace countersign::agreement {

// sum_k n_k (sum_l w_kl n_l - 1): pairs of answers of the unit that agree, each counted twice.
double agreeing_pairs(std::span<const LabelCount> unit, const Weights& weights);

struct Observed {
    std::vector<double> units;  // weighted share of agreeing pairs; 0 with one answer
    size_t pairable = 0;        // units with two or more answers
    double mean = 0;            // over these
};

Observed observe(const Ratings& ratings, const Weights& weights);

// Why nothing can be said; looks at the units with two or more answers.
std::optional<Undefined> why_undefined(const Ratings& ratings);

// The mean over units of the share that each label has in a unit.
std::vector<double> mean_shares(const Ratings& ratings);

// `values` one a unit, whose mean is the coefficient: the standard error, unless there is one unit only.
std::optional<Spread> spread_of(std::span<const double> values, double coefficient, double confidence);

// `expected_units`: what chance expects, linearised: one number a unit with the mean `expected`.
Outcome corrected(const Ratings& ratings, const Observed& observed, double expected,
                  std::span<const double> expected_units, double confidence);

}  // namespace countersign::agreement

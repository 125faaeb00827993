#pragma once
// How sure an alpha is: units are drawn anew with replacement, and alpha is computed of each draw.
//
// Intervals: percentiles, and bias-corrected and accelerated ones (BCa; Efron 1987, DiCiccio and Efron 1996) with the
// acceleration from the empirical influence of each unit. q(limit) is the probability that alpha is below a limit
// (Hayes and Krippendorff 2007). The same seed gives the same bytes everywhere. Cost: resamples * (units + distinct
// patterns of counts).

#include <cstdint>
#include <optional>
#include <span>
#include <variant>
#include <vector>

#include "core/agreement/alpha.h"

namespace countersign::agreement {

struct BootstrapOptions {
    uint64_t seed = 1;
    uint32_t resamples = 1000;               // at least 1
    double confidence = 0.95;                // within 0 and 1
    std::vector<double> limits{0.667, 0.8};  // Krippendorff's for tentative and for firm conclusions
};

struct Below {
    double limit = 0;
    double probability = 0;
};

struct AlphaSpread {
    double standard_error = 0;
    Interval percentile;
    std::optional<Interval> bca;  // not where all draws lie on one side of alpha, or are equal
    std::vector<Below> below;     // one a limit
    uint32_t resamples = 0;
    uint32_t left_out = 0;  // draws in which alpha is undefined
    uint64_t seed = 0;
};

using SpreadOutcome = std::variant<AlphaSpread, Undefined>;

// Undefined where alpha is, where every draw is, or for a single unit, which always draws itself.
SpreadOutcome bootstrap_alpha(const Patterns& patterns, const Distance& distance, const BootstrapOptions& options);
// The same for several distances from the same draws, which cost more than what is computed of them.
std::vector<SpreadOutcome> bootstrap_alphas(const Patterns& patterns, std::span<const Distance> distances,
                                            const BootstrapOptions& options);

}  // namespace countersign::agreement

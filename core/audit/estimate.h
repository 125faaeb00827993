#pragma once
// How many of the automatically approved items are wrong, from those that were audited with recorded propensities.
//
// horvitz_thompson: (1/N) sum x/pi. Unbiased; restless when the number of audits varies.
// hajek: sum (x/pi) / sum (1/pi). Steadier, hardly biased.
// difference: mean f + (1/N) sum (x - f)/pi, with the model's own f for all N items: prediction-powered inference
//   (Angelopoulos, Bates, Fannjiang, Jordan and Zrnic, 2023). Unbiased whatever f is; precise where f is good.
// ppi_plus: lambda of f instead of all of it, lambda = cov(x, f) / ((1 + m/N) var f) within [0, 1], weighted by 1/pi
// and
//   with Hajek's sums (Angelopoulos, Duchi and Zrnic, "PPI++", 2023): never much worse than hajek, also when f is bad.
//
// Variances are those of Poisson sampling: sum (1 - pi)/pi^2 (.)^2 / N^2. Intervals are normal ones; at rates near 0
// and few audits they cover too seldom (.92 to .94 where .95 is said): the ones of core/audit/interval.h do not.

#include <cstdint>
#include <span>

#include "core/base/ppm.h"

namespace countersign::audit {

struct Audited {
    Ppm propensity{kCertain};  // as recorded at the decision; above 0
    double loss = 0;           // 1 wrong, 0 right, between for partial credit
    double predicted = 0;      // f: the calibrated probability of being wrong, as recorded at the decision
};

// What was approved in the window, audited or not.
struct Approved {
    int64_t items = 0;
    double mean_predicted = 0;  // of f
};

enum class Estimator : uint8_t { horvitz_thompson, hajek, difference, ppi_plus };

struct Estimate {
    double rate = 0;
    double variance = 0;
    double lower = 0;  // within [0, 1]
    double upper = 1;
    double lambda = 0;  // of ppi_plus; 1 of difference
};

// Without an audit nothing is known: rate 0 with the interval [0, 1]. CS_CHECKs 0 < delta < 1, propensities above 0.
// The interval's two sides fail together with probability about delta.
Estimate estimate_rate(std::span<const Audited> audits, const Approved& approved, Estimator estimator, double delta);

}  // namespace countersign::audit

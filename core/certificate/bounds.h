#pragma once
// One-sided confidence bounds for an error rate or a mean loss in [0, 1], from reviews of items drawn at random.
// An upper bound of level delta lies below the true mean with probability at most delta, for every n (no normal
// approximation anywhere). For losses of 0 and 1 take Clopper and Pearson; for graded ones core/certificate/betting.h.
//
// Contract: 0 < delta < 1, 0 <= errors <= n; n = 0 says nothing (upper bound 1, lower bound 0). Bounds that are found
// by bisection are rounded away from the estimate, so that they stay bounds.

#include <cstdint>
#include <span>

namespace countersign::certificate {

// The p-value of "the error rate is above epsilon" after `errors` in n: P(X <= errors) of X ~ Bin(n, epsilon), exact
// in integers; and its ln, as true at 1e-300 as at 0.3. 0 < epsilon < 1. n = 0 gives 1.
double binomial_p_value(int64_t errors, int64_t n, double epsilon);
double log_binomial_p_value(int64_t errors, int64_t n, double epsilon);

// Clopper and Pearson, 1934: the rates at which the exact test just rejects.
double clopper_pearson_upper(int64_t errors, int64_t n, double delta);
double clopper_pearson_lower(int64_t errors, int64_t n, double delta);

// Hoeffding, 1963, theorem 2: mean + sqrt(ln(1/delta) / 2n).
double hoeffding_upper(double mean, int64_t n, double delta);

// The better of Hoeffding's relative-entropy bound and Bentkus' (2004) e P(Bin(n, R) <= ceil(sum)); `sum` of n losses.
// Bates, Angelopoulos, Lei, Malik and Jordan, "Distribution-free, risk-controlling prediction sets", 2021, section 3.1.
double hoeffding_bentkus_upper(double sum, int64_t n, double delta);

// Maurer and Pontil, "Empirical Bernstein bounds and sample-variance penalization", 2009, theorem 4. 1 below two
// losses.
double empirical_bernstein_upper(std::span<const double> losses, double delta);

}  // namespace countersign::certificate

#pragma once

// The two parts that keep densities exact where ln Gamma of large numbers would cancel (C. Loader, "Fast and accurate
// computation of binomial probabilities", 2000). Internal to core/stats.

namespace countersign::stats {

inline constexpr double kLnSqrt2Pi = 0x1.d67f1c864beb5p-1;

// ln Gamma(x) - ((x - 1/2) ln x - x + ln sqrt(2 pi)), x > 0.
double stirling_error(double x);

// x ln(x/mean) + mean - x, without cancellation where x is near `mean`; both > 0.
double deviance(double x, double mean);

}  // namespace countersign::stats

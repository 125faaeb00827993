#pragma once
// The special functions that intervals, tests and posteriors are made of, from core/stats/elementary.h only: the same
// bytes everywhere. Relative error below 1e-10 unless a function says otherwise
// (tests/core/stats/special_test.cpp, against values of 30 digits in tests/cases/stats/special.json).
//
// Arguments outside the range that is given are a bug of the caller and stop the process.

#include <cstdint>
#include <span>

namespace countersign::stats {

// ln of the sum of exp(x) over all x; -infinite for none.
double log_sum_exp(std::span<const double> logs);

// ln Gamma(x), x > 0. Near its zeros at 1 and 2 the absolute error is below 1e-14.
double log_gamma(double x);
// The derivative of that, x > 0; absolute error below 1e-13 near its zero.
double digamma(double x);
// ln B(a, b), a and b > 0.
double log_beta(double a, double b);

// Regularised incomplete beta function I_x(a, b): P(X <= x) of a Beta(a, b); 0 <= x <= 1, a and b > 0.
double beta_cdf(double x, double a, double b);
// ln I_x(a, b) and ln (1 - I_x(a, b)): as true at 1e-300 as at 0.3.
double log_beta_cdf(double x, double a, double b);
double log_beta_tail(double x, double a, double b);
// The x with I_x(a, b) = p; 0 <= p <= 1.
double beta_quantile(double p, double a, double b);

// P(X <= k) of X ~ Bin(n, p), and its ln; k < 0 gives 0, k >= n gives 1.
double binomial_cdf(int64_t k, int64_t n, double p);
double log_binomial_cdf(int64_t k, int64_t n, double p);

// Regularised lower incomplete gamma function P(a, x), a > 0, x >= 0.
double gamma_cdf(double x, double a);

double normal_cdf(double z);
// 0 < p < 1.
double normal_quantile(double p);
// P(X <= x) and its inverse for X ~ chi-squared with df > 0 degrees of freedom.
double chi_squared_cdf(double x, double df);
double chi_squared_quantile(double p, double df);
// P(T <= t) and its inverse for Student's t with df > 0 degrees of freedom; 0 < p < 1.
double student_t_cdf(double t, double df);
double student_t_quantile(double p, double df);

}  // namespace countersign::stats

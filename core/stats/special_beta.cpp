#include <cmath>
#include <limits>

#include "core/base/check.h"
#include "core/stats/continued_fraction.h"
#include "core/stats/elementary.h"
#include "core/stats/special.h"
#include "core/stats/stirling.h"

namespace countersign::stats {

namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

// ln(x^a y^b / B(a, b)) with y = 1 - x.
double log_prefactor(double x, double y, double a, double b) {
    const double n = a + b;
    return -deviance(a, n * x) - deviance(b, n * y) + (0.5 * log(a / n * b)) - kLnSqrt2Pi + stirling_error(n) -
           stirling_error(a) - stirling_error(b);
}

// ln I_x(a, b) for x below (a + 1)/(a + b + 2), where the fraction converges fast (NIST DLMF 8.17.22).
double log_lower(double x, double y, double a, double b) {
    const double fraction = continued_fraction(1, [x, a, b](int i) {
        const int m = i / 2;
        const double numerator = i % 2 == 0 ? m * (b - m) * x / ((a + i - 1) * (a + i))
                                            : -(a + m) * (a + b + m) * x / ((a + i - 1) * (a + i));
        return FractionTerm{numerator, 1};
    });
    return log_prefactor(x, y, a, b) - log(a) - log(fraction);
}

struct LogParts {
    double lower;
    double upper;
};

// What follows from ln p for the ln of the rest.
double log_rest(double log_part) {
    return log_part >= 0 ? -kInfinity : log1p(-exp(log_part));
}

LogParts log_parts(double x, double a, double b) {
    CS_CHECK(a > 0 && b > 0 && x >= 0 && x <= 1);
    if (x == 0 || x == 1) {
        return x == 0 ? LogParts{-kInfinity, 0} : LogParts{0, -kInfinity};
    }
    const double y = 1 - x;
    if (x < (a + 1) / (a + b + 2)) {
        const double lower = log_lower(x, y, a, b);
        return {lower, log_rest(lower)};
    }
    const double upper = log_lower(y, x, b, a);
    return {log_rest(upper), upper};
}

}  // namespace

double log_beta(double a, double b) {
    CS_CHECK(a > 0 && b > 0);
    const double n = a + b;
    return -(a * log1p(b / a)) - (b * log1p(a / b)) - (0.5 * log(a / n * b)) + kLnSqrt2Pi + stirling_error(a) +
           stirling_error(b) - stirling_error(n);
}

double beta_cdf(double x, double a, double b) {
    const LogParts parts = log_parts(x, a, b);
    return parts.lower < parts.upper ? exp(parts.lower) : 1 - exp(parts.upper);
}

double log_beta_cdf(double x, double a, double b) {
    return log_parts(x, a, b).lower;
}

double log_beta_tail(double x, double a, double b) {
    return log_parts(x, a, b).upper;
}

double log_binomial_cdf(int64_t k, int64_t n, double p) {
    CS_CHECK(n >= 0 && p >= 0 && p <= 1);
    if (k < 0) {
        return -kInfinity;
    }
    if (k >= n) {
        return 0;
    }
    return log_beta_tail(p, static_cast<double>(k) + 1, static_cast<double>(n - k));
}

double binomial_cdf(int64_t k, int64_t n, double p) {
    return exp(log_binomial_cdf(k, n, p));
}

}  // namespace countersign::stats

#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>

#include "core/base/check.h"
#include "core/stats/elementary.h"
#include "core/stats/special.h"
#include "core/stats/stirling.h"

namespace countersign::stats {

namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

// Halfway between two numbers >= 0 as they are stored: from 1e-300 to 1 in some ten steps.
double between(double low, double high) {
    const auto from = std::bit_cast<int64_t>(low);
    return std::bit_cast<double>(from + ((std::bit_cast<int64_t>(high) - from) / 2));
}

// Where something that rises in x > 0 becomes 0, between `low` and `high`: Newton's steps within a bracket that each
// step narrows. at(x) gives {value, slope}.
struct Place {
    double value;
    double slope;
};

template <class At>
double root(double x, double low, double high, At at) {
    for (int i = 0; i < 300; ++i) {
        const Place place = at(x);
        (place.value < 0 ? low : high) = x;
        const double next = x - (place.value / place.slope);
        // Each step doubles the digits: behind one this small the error is below the last of them. Asked before the
        // bracket, whose ends rounding can put on the wrong side of the root.
        if (std::abs(next - x) <= 0x1p-40 * x) {
            return next;
        }
        x = next > low && next < high ? next : between(low, high);
    }
    return x;
}

}  // namespace

double beta_quantile(double p, double a, double b) {
    CS_CHECK(p >= 0 && p <= 1 && a > 0 && b > 0);
    if (p == 0 || p == 1) {
        return p;
    }
    const double log_p = log(p);
    const double log_q = log1p(-p);
    const double beta = log_beta(a, b);
    // On the logarithm of the smaller side: a straight line far out, where Newton's steps on the other creep.
    return root(a / (a + b), 0, 1, [&](double x) {
        const double density = ((a - 1) * log(x)) + ((b - 1) * log1p(-x)) - beta;
        if (p < 0.5) {
            const double lower = log_beta_cdf(x, a, b);
            return Place{lower - log_p, exp(density - lower)};
        }
        const double upper = log_beta_tail(x, a, b);
        return Place{log_q - upper, exp(density - upper)};
    });
}

double normal_quantile(double p) {
    CS_CHECK(p > 0 && p < 1);
    if (p > 0.5) {
        return -normal_quantile(1 - p);
    }
    // From -sqrt(-2 ln 2p) on, which lies outside, Newton on the logarithm.
    const double log_p = log(p);
    double z = -std::sqrt(-2 * log(2 * p));
    for (int i = 0; i < 100; ++i) {
        const double cdf = normal_cdf(z);
        const double density = exp((-0.5 * z * z) - kLnSqrt2Pi);
        const double next = z - ((log(cdf) - log_p) * cdf / density);
        if (std::abs(next - z) <= 0x1p-50 * std::abs(z)) {
            return next;
        }
        z = next;
    }
    return z;
}

double chi_squared_cdf(double x, double df) {
    CS_CHECK(df > 0 && x >= 0);
    return gamma_cdf(x / 2, df / 2);
}

double chi_squared_quantile(double p, double df) {
    CS_CHECK(p >= 0 && p <= 1 && df > 0);
    if (p == 0 || p == 1) {
        return p == 0 ? 0 : kInfinity;
    }
    const double a = df / 2;
    const double normalisation = log_gamma(a);
    const double log_p = log(p);
    return 2 * root(a, 0, std::numeric_limits<double>::max(), [&](double x) {
               const double cdf = gamma_cdf(x, a);
               if (cdf == 0 || cdf == 1) {
                   return Place{cdf == 0 ? -1.0 : 1.0, 0};
               }
               const double log_density = ((a - 1) * log(x)) - x - normalisation;
               return p < 0.5 ? Place{log(cdf) - log_p, exp(log_density) / cdf} : Place{cdf - p, exp(log_density)};
           });
}

double student_t_cdf(double t, double df) {
    CS_CHECK(df > 0);
    const double square = t * t;
    const double tail = square < df ? 0.5 - (0.5 * beta_cdf(square / (df + square), 0.5, df / 2))
                                    : 0.5 * beta_cdf(df / (df + square), df / 2, 0.5);
    return t > 0 ? 1 - tail : tail;
}

double student_t_quantile(double p, double df) {
    CS_CHECK(p > 0 && p < 1 && df > 0);
    if (p > 0.5) {
        return -student_t_quantile(1 - p, df);
    }
    if (p < 0.25) {
        const double x = beta_quantile(2 * p, df / 2, 0.5);
        return -std::sqrt(df * (1 - x) / x);
    }
    const double x = beta_quantile(1 - (2 * p), 0.5, df / 2);
    return -std::sqrt(df * x / (1 - x));
}

}  // namespace countersign::stats

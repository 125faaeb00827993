#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "core/base/check.h"
#include "core/stats/continued_fraction.h"
#include "core/stats/elementary.h"
#include "core/stats/polynomial.h"
#include "core/stats/special.h"
#include "core/stats/stirling.h"

namespace countersign::stats {

namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kSeriesFrom = 15;  // where the asymptotic series are exact to the last bits

// B(2n) / (2n (2n - 1)): Stirling's series in 1/x, 1/x^3, ...
constexpr std::array kStirling{1.0 / 12,    -1.0 / 360,       1.0 / 1'260, -1.0 / 1'680,
                               1.0 / 1'188, -691.0 / 360'360, 1.0 / 156,   -3'617.0 / 122'400};
// B(2n) / (2n): the digamma function's in 1/x^2, 1/x^4, ...
constexpr std::array kDigamma{1.0 / 12,  -1.0 / 120,      1.0 / 252, -1.0 / 240,
                              1.0 / 132, -691.0 / 32'760, 1.0 / 12,  -3'617.0 / 8'160};

double stirling_series(double x) {
    return polynomial(kStirling, 1 / (x * x)) / x;
}

// ln(x^a e^-x / Gamma(a)).
double log_prefactor(double x, double a) {
    return -deviance(a, x) + (0.5 * log(a)) - kLnSqrt2Pi - stirling_error(a);
}

// P(a, x) e^-prefactor, for x < a + 1: the sum of x^n / (a (a+1) ... (a+n)).
double lower_series(double x, double a) {
    double term = 1 / a;
    double sum = term;
    for (int n = 1; term > sum * 0x1p-54; ++n) {
        term *= x / (a + n);
        sum += term;
    }
    return sum;
}

// Q(a, x) e^-prefactor, for x >= a + 1.
double upper_fraction(double x, double a) {
    return 1 / continued_fraction(x + 1 - a, [x, a](int i) { return FractionTerm{-i * (i - a), x + 1 + (2 * i) - a}; });
}

}  // namespace

double log_sum_exp(std::span<const double> logs) {
    const double largest = logs.empty() ? -kInfinity : *std::ranges::max_element(logs);
    if (std::isinf(largest)) {
        return largest;
    }
    double sum = 0;
    for (const double one : logs) {
        sum += exp(one - largest);
    }
    return largest + log(sum);
}

double stirling_error(double x) {
    if (x >= kSeriesFrom) {
        return stirling_series(x);
    }
    return log_gamma(x) - (((x - 0.5) * log(x)) - x + kLnSqrt2Pi);
}

double deviance(double x, double mean) {
    const double difference = x - mean;
    if (std::abs(difference) >= 0.1 * (x + mean)) {
        return (x * log(x / mean)) - difference;
    }
    const double v = difference / (x + mean);
    double sum = difference * v;
    double term = 2 * x * v;
    for (int j = 3; j < 1'000; j += 2) {
        term *= v * v;
        const double next = sum + (term / j);
        if (next == sum) {
            break;
        }
        sum = next;
    }
    return sum;
}

double log_gamma(double x) {
    CS_CHECK(x > 0);
    if (std::isinf(x)) {
        return x;
    }
    double product = 1;
    double shifted = x;
    while (shifted < kSeriesFrom) {
        product *= shifted;
        shifted += 1;
    }
    return ((shifted - 0.5) * log(shifted)) - shifted + kLnSqrt2Pi + stirling_series(shifted) - log(product);
}

double digamma(double x) {
    CS_CHECK(x > 0);
    double sum = 0;
    while (x < kSeriesFrom) {
        sum += 1 / x;
        x += 1;
    }
    const double square = 1 / (x * x);
    return log(x) - (0.5 / x) - (square * polynomial(kDigamma, square)) - sum;
}

double gamma_cdf(double x, double a) {
    CS_CHECK(a > 0 && x >= 0);
    if (x == 0 || std::isinf(x)) {
        return x == 0 ? 0 : 1;
    }
    const double prefactor = exp(log_prefactor(x, a));
    return x < a + 1 ? prefactor * lower_series(x, a) : 1 - (prefactor * upper_fraction(x, a));
}

double normal_cdf(double z) {
    if (std::isnan(z)) {
        return z;
    }
    if (z == 0 || std::isinf(z)) {
        return z == 0 ? 0.5 : (z > 0 ? 1 : 0);
    }
    const double x = 0.5 * z * z;
    const double prefactor = exp(log_prefactor(x, 0.5));
    if (x < 1.5) {
        const double half = 0.5 * prefactor * lower_series(x, 0.5);
        return z > 0 ? 0.5 + half : 0.5 - half;
    }
    const double tail = 0.5 * prefactor * upper_fraction(x, 0.5);
    return z > 0 ? 1 - tail : tail;
}

}  // namespace countersign::stats

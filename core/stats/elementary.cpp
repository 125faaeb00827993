#include "core/stats/elementary.h"

#include <array>
#include <cmath>
#include <limits>

#include "core/stats/polynomial.h"

namespace countersign::stats {

namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

// ln 2 in two parts: the upper has 21 zero bits at its end, so that small multiples of it are exact.
constexpr double kLn2Upper = 0x1.62e42feep-1;
constexpr double kLn2Lower = 0x1.a39ef35793c76p-33;
constexpr double kOneOverLn2 = 0x1.71547652b82fep+0;
constexpr double kSqrtHalf = 0x1.6a09e667f3bcdp-1;

// Taylor's coefficients of (exp(r) - 1 - r) / r^2.
constexpr std::array kExp{1.0 / 2,         1.0 / 6,          1.0 / 24,          1.0 / 120,
                          1.0 / 720,       1.0 / 5'040,      1.0 / 40'320,      1.0 / 362'880,
                          1.0 / 3'628'800, 1.0 / 39'916'800, 1.0 / 479'001'600, 1.0 / 6'227'020'800};

// Those of (ln((1 + s)/(1 - s)) - 2 s) / s^3: 2/3, 2/5, ...
constexpr std::array kLog{2.0 / 3,  2.0 / 5,  2.0 / 7,  2.0 / 9,  2.0 / 11,
                          2.0 / 13, 2.0 / 15, 2.0 / 17, 2.0 / 19, 2.0 / 21};

// exp(r) - 1 for |r| <= ln(2)/2, r being `r` and what rounding took from it, `rest`.
double expm1_reduced(double r, double rest) {
    return r + (rest + (r * r * polynomial(kExp, r)));
}

// ln(1 + f) for 1 + f between sqrt(1/2) and sqrt(2): with s = f/(2 + f), ln(1 + f) = 2 artanh(s), and f - s (f - r) is
// that with f itself exact, where r are the terms behind 2 s.
double log1p_reduced(double f) {
    const double s = f / (2 + f);
    const double square = s * s;
    const double half = 0.5 * f * f;
    return f - (half - (s * (half + (square * polynomial(kLog, square)))));
}

}  // namespace

double exp(double x) {
    if (std::isnan(x)) {
        return x;
    }
    if (x > 709.8) {
        return kInfinity;
    }
    if (x < -745.2) {
        return 0;
    }
    // 1. x = k ln 2 + r.
    const double k = std::floor((x * kOneOverLn2) + 0.5);
    const double upper = x - (k * kLn2Upper);
    const double lower = k * kLn2Lower;
    const double r = upper - lower;
    // 2. Times 2^k, in two steps where the result is smaller than a normal number.
    const double y = 1 + expm1_reduced(r, (upper - r) - lower);
    return std::ldexp(y, static_cast<int>(k));
}

double expm1(double x) {
    if (std::abs(x) <= 0.34) {
        return expm1_reduced(x, 0);
    }
    return exp(x) - 1;
}

double log(double x) {
    if (std::isnan(x) || x < 0) {
        return kNone;
    }
    if (x == 0) {
        return -kInfinity;
    }
    if (std::isinf(x)) {
        return x;
    }
    // x = m 2^k with sqrt(1/2) <= m < sqrt(2); exact.
    int k = 0;
    double m = std::frexp(x, &k);
    if (m < kSqrtHalf) {
        m *= 2;
        --k;
    }
    return (k * kLn2Upper) + ((k * kLn2Lower) + log1p_reduced(m - 1));
}

double log1p(double x) {
    if (x > -0.29 && x < 0.41) {
        return log1p_reduced(x);
    }
    // What rounding takes from 1 + x is given back to first order.
    const double sum = 1 + x;
    if (!std::isfinite(sum) || sum <= 0) {
        return log(sum);
    }
    const double lost = x < 1 ? x - (sum - 1) : 1 - (sum - x);
    return log(sum) + (lost / sum);
}

double pow(double x, double y) {
    if (y == 0) {
        return 1;
    }
    if (x == 0) {
        return y > 0 ? 0 : kInfinity;
    }
    return exp(y * log(x));
}

}  // namespace countersign::stats

#include "demo/classifier/elementary.h"

#include <algorithm>
#include <cmath>

#include "core/base/check.h"

namespace countersign::demo {

namespace {

// ln 2 in two parts: the upper has 21 zero bits at its end, so that small multiples of it are exact.
constexpr double kLn2Upper = 0x1.62e42feep-1;
constexpr double kLn2Lower = 0x1.a39ef35793c76p-33;
constexpr double kOneOverLn2 = 0x1.71547652b82fep+0;

}  // namespace

double exponential(double x) {
    if (x < -700) {
        return 0;
    }
    x = std::min(x, 700.0);
    // 1. x = k ln 2 + r with |r| <= ln(2)/2.
    const double k = std::floor((x * kOneOverLn2) + 0.5);
    const double r = (x - (k * kLn2Upper)) - (k * kLn2Lower);
    // 2. Taylor series of exp(r), Horner's scheme; the 14th term is below 1e-17.
    double sum = 1;
    for (int n = 14; n >= 1; --n) {
        sum = 1 + (r * sum / n);
    }
    // 3. Times 2^k, which is exact.
    return std::ldexp(sum, static_cast<int>(k));
}

double natural_log(double x) {
    CS_CHECK(std::isnormal(x) && x > 0);
    // 1. x = m 2^k with sqrt(1/2) <= m < sqrt(2); exact.
    int k = 0;
    double m = std::frexp(x, &k);
    if (m < 0x1.6a09e667f3bcdp-1) {
        m *= 2;
        --k;
    }
    // 2. ln m = 2 artanh(s) = 2 (s + s^3/3 + s^5/5 + ...), |s| <= 0.172; the term of s^25 is below 1e-20.
    const double s = (m - 1) / (m + 1);
    const double square = s * s;
    double sum = 0;
    for (int n = 23; n >= 3; n -= 2) {
        sum = (sum + (1.0 / n)) * square;
    }
    const double ln_m = 2 * (s + (s * sum));
    return (k * kLn2Upper) + ((k * kLn2Lower) + ln_m);
}

}  // namespace countersign::demo

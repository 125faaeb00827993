#pragma once
// Polynomials as elementary and special functions are made of them. Internal to core/stats.

#include <array>
#include <cstddef>

namespace countersign::stats {

// c0 + c1 x + c2 x^2 + ..., by Horner's scheme.
template <size_t Count>
double polynomial(const std::array<double, Count>& coefficients, double x) {
    double sum = 0;
    for (size_t i = Count; i-- > 0;) {
        sum = (sum * x) + coefficients[i];
    }
    return sum;
}

}  // namespace countersign::stats

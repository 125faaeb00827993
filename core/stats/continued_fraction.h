#pragma once
// Continued fractions by Lentz's method as Thompson and Barnett changed it (1986). Internal to core/stats.

#include <cmath>

#include "core/base/check.h"

namespace countersign::stats {

struct FractionTerm {
    double numerator;
    double denominator;
};

// first + a1/(b1 + a2/(b2 + ...)), where term(i) gives {ai, bi}, until a step changes it by less than the last bits.
template <class Term>
double continued_fraction(double first, Term term) {
    constexpr double kTiny = 1e-300;
    constexpr int kMost = 1'000'000;
    double value = first == 0 ? kTiny : first;
    double c = value;
    double d = 0;
    for (int i = 1; i <= kMost; ++i) {
        const FractionTerm next = term(i);
        d = next.denominator + (next.numerator * d);
        d = 1 / (std::abs(d) < kTiny ? kTiny : d);
        c = next.denominator + (next.numerator / c);
        c = std::abs(c) < kTiny ? kTiny : c;
        const double step = c * d;
        value *= step;
        if (std::abs(step - 1) < 0x1p-52) {
            return value;
        }
    }
    CS_CHECK(false);
}

}  // namespace countersign::stats

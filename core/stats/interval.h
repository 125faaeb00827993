#pragma once
// An interval of plausible values, and the one for a share that is used everywhere.

#include <cmath>

#include "core/base/check.h"

namespace countersign::stats {

struct Interval {
    double low = 0;
    double high = 0;
};

// Wilson's score interval of a share of which `successes` of `trials` were seen (Wilson 1927); z is the normal quantile
// of the level, 1.96 for 95 %. Both may be fractions: weighted counts, scaled to the effective number of trials.
inline Interval wilson_interval(double successes, double trials, double z) {
    CS_CHECK(trials > 0 && successes >= 0 && successes <= trials);
    const double share = successes / trials;
    const double square = z * z;
    const double middle = share + (square / (2 * trials));
    const double half = z * std::sqrt((share * (1 - share) / trials) + (square / (4 * trials * trials)));
    const double scale = 1 + (square / trials);
    // At the ends the formula gives 0 and 1 exactly; rounding must not.
    const double low = successes == 0 ? 0 : (middle - half) / scale;
    const double high = successes == trials ? 1 : (middle + half) / scale;
    return {low, high};
}

}  // namespace countersign::stats

#include "core/gate/difference.h"

#include <algorithm>
#include <cmath>

#include "core/base/check.h"

namespace countersign::gate {

namespace {

// The score statistic of the difference d, whose sign is that of the estimate less d (Tango 1998, eq. 4).
double score(double fixed, double broken, double items, double d) {
    // The likeliest probability of "broken" if d is true: the larger root of A q^2 + B q + C.
    const double a = 2 * items;
    const double b = ((2 * items - fixed + broken) * d) - fixed - broken;
    const double c = -broken * d * (1 - d);
    const double q = (std::sqrt(std::max((b * b) - (4 * a * c), 0.0)) - b) / (2 * a);
    const double variance = items * ((2 * q) + (d * (1 - d)));
    const double distance = fixed - broken - (items * d);
    if (distance == 0) {
        return 0;
    }
    return variance > 0 ? distance / std::sqrt(variance) : std::copysign(HUGE_VAL, distance);
}

// The least d that the score test does not reject.
double tango_low(double fixed, double broken, double items, double z) {
    double rejected = -1;
    double kept = (fixed - broken) / items;
    if (score(fixed, broken, items, rejected) <= z) {
        return rejected;
    }
    // Until no number lies between them.
    for (;;) {
        const double middle = rejected + ((kept - rejected) / 2);
        if (middle <= rejected || middle >= kept) {
            return kept;
        }
        (score(fixed, broken, items, middle) > z ? rejected : kept) = middle;
    }
}

}  // namespace

stats::Interval tango_interval(const PairedCounts& counts, double z) {
    CS_CHECK(counts.items() > 0 && z > 0);
    const auto fixed = static_cast<double>(counts.fixed);
    const auto broken = static_cast<double>(counts.broken);
    const auto items = static_cast<double>(counts.items());
    return {tango_low(fixed, broken, items, z), -tango_low(broken, fixed, items, z)};
}

stats::Interval newcombe_interval(const PairedCounts& counts, double z) {
    CS_CHECK(counts.items() > 0 && z > 0);
    const auto a = static_cast<double>(counts.both_right);
    const auto b = static_cast<double>(counts.fixed);
    const auto c = static_cast<double>(counts.broken);
    const auto d = static_cast<double>(counts.both_wrong);
    const double n = a + b + c + d;
    const double candidate = (a + b) / n;
    const double base = (a + c) / n;
    const stats::Interval of_candidate = stats::wilson_interval(a + b, n, z);
    const stats::Interval of_base = stats::wilson_interval(a + c, n, z);
    const double margins = (a + b) * (c + d) * (a + c) * (b + d);
    double correlation = 0;
    if (margins > 0) {
        const double cross = (a * d) - (b * c);
        correlation = (cross > 0 ? std::max(cross - (n / 2), 0.0) : cross) / std::sqrt(margins);
    }
    const auto together = [correlation](double x, double y) {
        return std::sqrt(std::max((x * x) - (2 * correlation * x * y) + (y * y), 0.0));
    };
    const double difference = (b - c) / n;
    return {difference - together(candidate - of_candidate.low, of_base.high - base),
            difference + together(of_candidate.high - candidate, base - of_base.low)};
}

stats::Interval difference_interval(const PairedCounts& counts, double z, IntervalMethod method) {
    return method == IntervalMethod::tango ? tango_interval(counts, z) : newcombe_interval(counts, z);
}

}  // namespace countersign::gate

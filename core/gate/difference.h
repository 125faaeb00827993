#pragma once
// Intervals of the difference of two models' accuracies on the same items, candidate less base.

#include "core/gate/paired.h"
#include "core/stats/interval.h"

namespace countersign::gate {

enum class IntervalMethod { tango, newcombe };

// `z` is the normal quantile of the level: 1.645 makes each end a one-sided limit of 95 %. items() > 0.
//
// Tango: all differences that the score test does not reject (Tango 1998). Keeps its level for few and for no
// discordant items; the default.
stats::Interval tango_interval(const PairedCounts& counts, double z);

// Newcombe's method 10: Wilson's limits of both accuracies, put together with their correlation, which is corrected for
// continuity (Newcombe 1998, paired data). In closed form.
stats::Interval newcombe_interval(const PairedCounts& counts, double z);

stats::Interval difference_interval(const PairedCounts& counts, double z, IntervalMethod method);

}  // namespace countersign::gate

#pragma once
// How long things take when some are not finished yet: the Kaplan-Meier estimate of the share that is still open after
// a time, with what was seen of unfinished ones (right-censored times).
//
// Sources: Kaplan and Meier 1958; Greenwood 1926 (variance); Kalbfleisch and Prentice 2002, 1.4 (log-log interval);
// Brookmeyer and Crowley 1982 (intervals of quantiles). At tied times what finished counts before what was censored.
//
// Units of time are the caller's; two calls with seconds of working time compare. Sums run over ascending times.

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "core/stats/interval.h"

namespace countersign::survival {

enum class Ending : unsigned char {
    finished,
    censored,  // still open when it was last looked at
};

struct Observation {
    double time = 0;  // 0 or more
    Ending ending = Ending::finished;
};

// What the curve says from a time on at which something finished, until the next such time.
struct Step {
    double time = 0;
    size_t at_risk = 0;  // open just before
    size_t finished = 0;
    double survival = 1;             // the share that is open longer than `time`
    double hazard_sum = 0;           // Greenwood's sum of d / (n (n - d)); infinite once nothing is open
    stats::Interval greenwood = {};  // S +- z S sqrt(sum), within 0 and 1
    stats::Interval log_log = {};    // S^exp(+-z sqrt(sum) / ln S): never leaves 0 and 1
    // Where the share is 0 both intervals are undefined; then they are 0 and the high end of the step before.
};

struct Curve {
    std::vector<Step> steps = {};  // ascending times
    size_t observations = 0;
    size_t finished = 0;
    double longest = 0;  // of all observations; behind it the curve knows nothing unless it is 0
    double z = 0;        // normal quantile of the intervals
};

// CS_CHECKs the times; 0 < confidence < 1, of each interval.
Curve kaplan_meier(std::span<const Observation> observations, double confidence = 0.95);

// The share that is open longer than `time`. Behind the longest observation the last value goes on.
double survival_at(const Curve& curve, double time);

// The time by which a share p is finished: the first at which the curve is at most 1 - p; the interval by the log-log
// intervals. What the observations do not reach is absent. 0 < p < 1.
struct Quantile {
    std::optional<double> time = {};
    std::optional<double> low = {};
    std::optional<double> high = {};
};

Quantile quantile(const Curve& curve, double p);

// The mean of times that are cut off at `horizon` (the area under the curve up to it), with its standard error. A
// horizon behind the longest observation is drawn back to it, unless everything is finished by then.
struct RestrictedMean {
    double mean = 0;
    double standard_error = 0;
    double horizon = 0;
};

RestrictedMean restricted_mean(const Curve& curve, double horizon);

// P(T > until | T > from) for from <= until, with a log-log interval of its own. Absent when nothing was seen that was
// open longer than `from`. `beyond`: `until` lies behind the longest observation and the curve is not 0 there, so that
// the probability is the largest that it can be.
struct Conditional {
    double survival = 1;
    stats::Interval interval = {1, 1};
    bool beyond = false;
};

std::optional<Conditional> conditional_survival(const Curve& curve, double from, double until);

}  // namespace countersign::survival

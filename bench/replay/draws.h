#pragma once
// The same choice of a threshold, made again and again on evidence drawn anew from the pool: what the certificate gives
// and how often it breaks its promise, beside the threshold that somebody picks off the same reviews.

#include <string>

#include "bench/replay/pool.h"
#include "core/policy/policy.h"

namespace countersign::bench {

struct Drawn {
    int opened = 0;       // of the draws
    int broken = 0;       // of all draws: more than max_error of what it approves is wrong
    double coverage = 0;  // mean over draws of what is approved, of the items that were not drawn
    double error = 0;     // mean over draws that approve something
};

struct Comparison {
    Drawn certified;
    Drawn naive;  // the laxest threshold at which the reviews' own error rate is small enough
    int draws = 0;
};

// `promise.first_look` reviews each time.
Comparison compare_draws(const Pool& pool, const TierPromise& promise, int draws);

// The naive threshold of these items; nothing where none is good enough.
std::optional<Ppm> naive_threshold(std::vector<PoolItem> reviewed, Ppm max_error);

}  // namespace countersign::bench

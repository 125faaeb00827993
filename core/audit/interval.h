#pragma once
// Intervals for the error rate of approved items that cover as often as they say, also at rates near 0 and with a
// hundred audits, where normal intervals do not.

#include <cstdint>
#include <span>

#include "core/audit/estimate.h"

namespace countersign::audit {

struct StratumAudit {
    int64_t items = 0;    // approved
    int64_t audited = 0;  // of them, by a coin of one propensity
    int64_t errors = 0;   // of these
};

// Strata by risk (core/audit/strata.h): sum of W_h k_h/n_h, W_h the share of items. The variance smooths each rate to
// (k_h + .5)/(n_h + 1), so that a stratum without errors is not taken for certain, and the interval is around the
// smoothed rate: W_h^2 p_h (1 - p_h)/n_h (1 - n_h/N_h). A stratum with items but without audits counts as any rate:
// it widens the interval by all of its share.
Estimate stratified_rate(std::span<const StratumAudit> strata, double delta);

// For any propensities, and for every number of audits: betting (core/certificate/betting.h) on the values
// pi_min loss/pi of ALL approved items, those that were not audited being 0. Wider, and proven. `order_seed` shuffles
// the audits into the items and is recorded with the interval. `least_propensity` is the least of all items'
// propensities, a property of the rule and not of the audits.
Estimate betting_rate(std::span<const Audited> audits, const Approved& approved, Ppm least_propensity, double delta,
                      uint64_t order_seed);

}  // namespace countersign::audit

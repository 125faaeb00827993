#include "core/audit/interval.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "core/base/check.h"
#include "core/certificate/betting.h"
#include "core/stats/random.h"
#include "core/stats/special.h"

namespace countersign::audit {

Estimate stratified_rate(std::span<const StratumAudit> strata, double delta) {
    CS_CHECK(delta > 0 && delta < 1);
    double items = 0;
    for (const StratumAudit& stratum : strata) {
        CS_CHECK(0 <= stratum.errors && stratum.errors <= stratum.audited && stratum.audited <= stratum.items);
        items += static_cast<double>(stratum.items);
    }
    Estimate out;
    if (items == 0) {
        return out;
    }
    double smoothed = 0;
    double unknown = 0;
    for (const StratumAudit& stratum : strata) {
        const double share = static_cast<double>(stratum.items) / items;
        if (stratum.audited == 0) {
            unknown += share;
            continue;
        }
        const auto audited = static_cast<double>(stratum.audited);
        const double rate = (static_cast<double>(stratum.errors) + 0.5) / (audited + 1);
        const double unseen = 1 - (audited / static_cast<double>(stratum.items));
        out.rate += share * static_cast<double>(stratum.errors) / audited;
        smoothed += share * (stratum.audited == stratum.items ? static_cast<double>(stratum.errors) / audited : rate);
        out.variance += share * share * rate * (1 - rate) / audited * unseen;
    }
    const double half = stats::normal_quantile(1 - (delta / 2)) * std::sqrt(out.variance);
    out.lower = std::clamp(std::min(smoothed - half, out.rate), 0.0, 1.0);
    out.upper = std::clamp(std::max(smoothed + half, out.rate) + unknown, 0.0, 1.0);
    return out;
}

Estimate betting_rate(std::span<const Audited> audits, const Approved& approved, Ppm least_propensity, double delta,
                      uint64_t order_seed) {
    CS_CHECK(approved.items >= static_cast<int64_t>(audits.size()) && least_propensity.value > 0);
    Estimate out = estimate_rate(audits, approved, Estimator::horvitz_thompson, delta);
    std::vector<double> values(static_cast<size_t>(approved.items), 0.0);
    const double least = least_propensity.as_double();
    for (size_t i = 0; i < audits.size(); ++i) {
        CS_CHECK(audits[i].propensity >= least_propensity);
        values[i] = std::min(1.0, least * audits[i].loss / audits[i].propensity.as_double());
    }
    stats::Random random(order_seed);
    random.shuffle(values);
    out.lower = std::min(1.0, certificate::betting_lower(values, delta / 2) / least);
    out.upper = std::min(1.0, certificate::betting_upper(values, delta / 2) / least);
    return out;
}

}  // namespace countersign::audit

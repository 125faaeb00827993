#include "core/gate/paired.h"

#include <algorithm>

#include "core/base/check.h"
#include "core/stats/elementary.h"
#include "core/stats/special.h"

namespace countersign::gate {

namespace {

constexpr double kLn2 = 0x1.62e42fefa39efp-1;

void count(PairedCounts& counts, const PairedItem& item) {
    if (item.base_right) {
        ++(item.candidate_right ? counts.both_right : counts.broken);
    } else {
        ++(item.candidate_right ? counts.fixed : counts.both_wrong);
    }
}

}  // namespace

PairedCounts count_pairs(std::span<const PairedItem> items) {
    PairedCounts out;
    for (const PairedItem& item : items) {
        count(out, item);
    }
    return out;
}

PairedCounts count_pairs(std::span<const PairedItem> items, std::span<const uint32_t> chosen) {
    PairedCounts out;
    for (const uint32_t i : chosen) {
        CS_CHECK(i < items.size());
        count(out, items[i]);
    }
    return out;
}

McNemar mcnemar(const PairedCounts& counts) {
    const int64_t tosses = counts.discordant();
    McNemar out;
    if (tosses == 0) {
        return out;
    }
    const int64_t fewer = std::min(counts.fixed, counts.broken);
    const double log_tail = stats::log_binomial_cdf(fewer, tosses, 0.5);
    out.log_two_sided = std::min(0.0, kLn2 + log_tail);
    // By symmetry, at least as many fixed is at most as many broken.
    out.log_improvement = stats::log_binomial_cdf(counts.broken, tosses, 0.5);
    out.log_regression = stats::log_binomial_cdf(counts.fixed, tosses, 0.5);
    out.two_sided = stats::exp(out.log_two_sided);
    out.improvement = stats::exp(out.log_improvement);
    out.regression = stats::exp(out.log_regression);
    // P(X <= k) - P(X = k)/2 is the mean of P(X <= k) and P(X < k).
    const double below = fewer == 0 ? 0 : stats::exp(stats::log_binomial_cdf(fewer - 1, tosses, 0.5));
    out.two_sided_mid = counts.fixed == counts.broken ? 1 : std::min(1.0, stats::exp(log_tail) + below);
    return out;
}

}  // namespace countersign::gate

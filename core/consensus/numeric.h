#pragma once
// Consensus of numbers: from the mean to a model with a bias and a variance of each reviewer. Formulas stand with the
// functions; the sources are Li et al., "Resolving conflicts in heterogeneous data by truth discovery" (CRH, 2014) and
// "A confidence-aware approach for truth discovery" (CATD, 2014).

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "core/consensus/expectation.h"
#include "core/stats/grouped.h"

namespace countersign::consensus {

struct NumericAnswer {
    uint32_t item = 0;
    uint32_t reviewer = 0;
    double value = 0;
};

// In order of items, those on one item as they came. CS_CHECKs that numbers are below their counts and values finite.
class NumericTable {
public:
    NumericTable(const std::vector<NumericAnswer>& answers, size_t items, size_t reviewers);

    size_t items() const { return answers_.groups(); }

    size_t reviewers() const { return reviewers_; }

    std::span<const NumericAnswer> all() const { return answers_.all(); }

    std::span<const NumericAnswer> of_item(size_t item) const { return answers_.of(item); }

private:
    stats::Grouped<NumericAnswer> answers_;
    size_t reviewers_;
};

// Of an item without answers the value is not a number, and so is its uncertainty.
struct NumericConsensus {
    std::vector<double> value = {};
    // Half of the 95 % interval, from the posterior precision; only by biased_reviewers, else empty.
    std::vector<double> half_width = {};
    std::vector<double> weight = {};  // of each reviewer
    std::vector<double> bias = {};    // of each reviewer, added to the truth; only by biased_reviewers, else empty
    size_t iterations = 0;
};

NumericConsensus numeric_mean(const NumericTable& table);
// Of an even number the mean of the two in the middle.
NumericConsensus numeric_median(const NumericTable& table);
// Without the fifth of the answers at either end, rounded down.
NumericConsensus numeric_trimmed(const NumericTable& table, double share = 0.2);

// CRH: w_j = -ln(d_j / sum d), d_j = the sum of squared errors of j, each over the item's variance.
NumericConsensus numeric_crh(const NumericTable& table, const IterationLimits& limits = {});

// CATD: w_j = the lower 2.5 % quantile of chi-squared with n_j degrees of freedom, over the sum of squared errors of j.
NumericConsensus numeric_catd(const NumericTable& table, const IterationLimits& limits = {});

// x_ij = z_i + b_j + e_ij, e_ij ~ N(0, v_j). b_j is the mean residual, shrunk by tau^2, the variance of b, and 0 on
// average over answers. v_j is drawn to the mean variance v by an inverse gamma prior with a = 50, worth 100 answers:
// v_j = (sum r^2 + 2 * 50 v) / (n_j + 2 * 50). z is the precision-weighted mean.
NumericConsensus biased_reviewers(const NumericTable& table, const IterationLimits& limits = {});

}  // namespace countersign::consensus

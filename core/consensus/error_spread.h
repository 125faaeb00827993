#pragma once
// Over which wrong labels a reviewer's errors are expected to spread, per truth; shares over the wrong labels sum to 1.
// Internal to core/consensus.

#include <cstddef>
#include <cstdlib>
#include <span>
#include <vector>

#include "core/consensus/expectation.h"

namespace countersign::consensus {

class ErrorSpread {
public:
    ErrorSpread(size_t reviewers, size_t labels);

    // As the crowd errs: `pooled` counts answers by [truth][answer].
    void learn_crowd(std::span<const double> pooled);

    // By distance: exp(-|k - l| / tau_j). The mean distance of a reviewer's errors, drawn to the crowd's by ten errors,
    // gives tau_j as if distances were geometric: mean = 1 / (1 - exp(-1 / tau)).
    void learn_distances(const Expectation& em);

    // Of `answer` != `truth`.
    double share(size_t reviewer, size_t truth, size_t answer) const {
        if (by_distance_.empty()) {
            return crowd_[(truth * labels_) + answer];
        }
        const size_t distance = truth > answer ? truth - answer : answer - truth;
        return by_distance_[(reviewer * labels_) + distance] / totals_[(reviewer * labels_) + truth];
    }

private:
    size_t labels_;
    size_t reviewers_;
    std::vector<double> crowd_;
    std::vector<double> by_distance_;  // per reviewer and distance, not normalised
    std::vector<double> totals_;       // per reviewer and truth, over the wrong labels
};

}  // namespace countersign::consensus

#pragma once
// Outcomes by confidence, with running sums, so that a bin of them costs nothing however many measures ask for it.

#include <cstddef>
#include <span>
#include <vector>

#include "core/calibration/outcome.h"

namespace countersign::calibration {

// Outcomes [begin, end) of a SortedOutcomes; never empty.
struct Bin {
    size_t begin = 0;
    size_t end = 0;
    double weight = 0;
    double effective_items = 0;  // (sum w)^2 / sum w^2 (Kish 1965): how many unweighted items say as much
    double mean_confidence = 0;
    double accuracy = 0;

    size_t items() const { return end - begin; }

    double gap() const { return accuracy - mean_confidence; }
};

class SortedOutcomes {
public:
    // Items with the same confidence keep their order. CS_CHECKs the ranges in core/calibration/outcome.h.
    explicit SortedOutcomes(std::span<const Outcome> outcomes);

    size_t size() const { return outcomes_.size(); }

    const Outcome& operator[](size_t i) const { return outcomes_[i]; }

    std::span<const Outcome> all() const { return outcomes_; }

    double weight() const { return sums_.back().weight; }

    // begin < end <= size().
    Bin bin(size_t begin, size_t end) const;

private:
    struct Sums {
        double weight = 0;
        double squared_weight = 0;
        double confidence = 0;
        double right = 0;
    };

    std::vector<Outcome> outcomes_;
    std::vector<Sums> sums_;  // of the first i outcomes
};

}  // namespace countersign::calibration

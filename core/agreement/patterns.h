#pragma once
// The units whose answers can be compared, the same counts together: what alpha and its resamples go over. Reviewers
// who choose among few labels give few patterns, however many items there are.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "core/agreement/ratings.h"

namespace countersign::agreement {

class Patterns {
public:
    // Units with two or more answers.
    explicit Patterns(const Ratings& ratings);
    // Such units as counts by label, one after the other; `begins` of each and the end. Those with less than two
    // answers are left out.
    Patterns(std::span<const LabelCount> counts, std::span<const size_t> begins, size_t labels);

    size_t size() const { return begins_.size() - 1; }

    size_t labels() const { return labels_; }

    std::span<const LabelCount> operator[](size_t pattern) const {
        return std::span(counts_).subspan(begins_[pattern], begins_[pattern + 1] - begins_[pattern]);
    }

    // The pattern of each unit.
    std::span<const uint32_t> of_units() const { return of_units_; }

    // How many units each pattern has.
    std::vector<double> times() const;

private:
    std::vector<LabelCount> counts_;
    std::vector<size_t> begins_{0};
    std::vector<uint32_t> of_units_;
    size_t labels_;
};

}  // namespace countersign::agreement

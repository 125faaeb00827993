#pragma once
// How long reviews take, the difficulty of the items taken out: ln seconds = item + reviewer, by two-way median polish
// (Tukey 1977), so that a few left over lunch do not count. Whoever gets the hard items is not called slow.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace countersign::consensus {

struct TimedReview {
    uint32_t item = 0;
    uint32_t reviewer = 0;
    double seconds = 0;  // above 0
};

struct Turnaround {
    // Median ln seconds of each item for a typical reviewer; of an item without reviews the typical item's.
    std::vector<double> item_log_seconds = {};
    // What each reviewer adds to that: 0 is as others, 0.69 twice as long. Drawn to 0 by `strength` reviews.
    std::vector<double> reviewer_log_factor = {};
    // Of what is left, 1.4826 times the median of absolute values: the standard deviation, were it normal.
    double spread = 0;
};

// CS_CHECKs the ranges. Strength in reviews.
Turnaround turnaround(std::span<const TimedReview> reviews, size_t items, size_t reviewers, double strength = 5);

// Faster than the item allows, by 2.5 spreads. A reason to look, not a verdict: accuracy decides (reviewer_skill.h).
bool too_fast(const Turnaround& times, const TimedReview& review);

}  // namespace countersign::consensus

#pragma once
// Thresholds where an error is more or less bad: a loss of 0 to 1 an item (partial credit, cost in proportion to the
// worst). The promise is about the mean loss of what scores at least the threshold, by the same fixed sequences; the
// test is a bet against "the mean loss is at least epsilon" (core/certificate/betting.h) instead of the binomial one.

#include <cstdint>
#include <optional>
#include <span>

#include "core/certificate/search.h"

namespace countersign::certificate {

struct GradedJudged {
    Ppm score{};
    double loss = 0;
};

struct GradedCut {
    Ppm threshold{};
    int64_t accepted = 0;
    double mean_loss = 0;
    double upper = 1;  // by betting, at the level of one test; at most epsilon
};

// Nothing where no threshold passes. `order_seed` shuffles the items before they are bet on, and is recorded with the
// answer. Of the options `starts`, `grid`, `laxest` and `first_accepted` count.
std::optional<GradedCut> graded_threshold(std::span<const GradedJudged> judged, const Level& level, uint64_t order_seed,
                                          const SearchOptions& options = {});

}  // namespace countersign::certificate

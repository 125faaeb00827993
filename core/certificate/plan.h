#pragma once
// How much evidence a promise needs: shown where a tier stays closed, so that "not yet" comes with a number.

#include <cstdint>
#include <optional>

#include "core/certificate/search.h"

namespace countersign::certificate {

// The least number of reviewed items of which `errors` may be wrong so that "at most epsilon are wrong" passes at level
// delta; 299 for none at 1 % and 5 %.
int64_t smallest_sample(int64_t errors, const Level& level);

// Reviews of items drawn at random, over all scores, not only of those above the threshold. Estimates: from the scores
// and errors seen so far.
struct ReviewPlan {
    Ppm threshold{};                            // that will pass first at this rate
    int64_t if_no_more_errors = 0;              // the least that can do
    std::optional<int64_t> at_observed_rate{};  // nothing where too many are wrong at every threshold
};

// For a sample at which no threshold passed. An empty one is planned as if every item were accepted.
ReviewPlan plan_reviews(const Sample& sample, const Level& level, const SearchOptions& options = {});

}  // namespace countersign::certificate

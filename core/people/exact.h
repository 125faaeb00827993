#pragma once
// The best plan there is, for small sets. Internal to core/people.

#include <vector>

#include "core/people/slate.h"

namespace countersign::people {

struct ExactPlan {
    std::vector<Pair> pairs;  // sorted
    // False where limits of time took more branches than are tried; then `pairs` is the best that was found.
    bool proved = false;
};

// `start` is a plan that keeps every limit; it is only left for a better one.
ExactPlan plan_exactly(const Slate& slate, std::vector<Pair> start);

}  // namespace countersign::people

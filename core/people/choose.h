#pragma once
// The pairs with the largest sum, exactly or greedily, before queues are looked at. Internal to core/people.

#include <vector>

#include "core/people/slate.h"

namespace countersign::people {

struct ChosenPairs {
    std::vector<Pair> pairs;  // sorted; keep every limit
    PlanMethod method = PlanMethod::exact;
    bool is_best = false;  // proved to have the largest Slate::total()
};

ChosenPairs choose_pairs(const Slate& slate, Effort effort);

}  // namespace countersign::people

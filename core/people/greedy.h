#pragma once
// Planning one slot after the other. Internal to core/people.

#include <vector>

#include "core/people/slate.h"

namespace countersign::people {

enum class Order : uint8_t {
    by_regret,  // first what loses most without its best person
    by_value    // first what is worth most
};

// Sorted pairs that keep every limit.
std::vector<Pair> plan_greedily(const Slate& slate, Order order);

}  // namespace countersign::people

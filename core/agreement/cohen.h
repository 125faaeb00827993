#pragma once
// Cohen's kappa of two reviewers, plain and weighted, over the items that both answered.
//
// Value: Cohen 1960, 1968. Standard error: Fleiss, Cohen and Everitt 1969, not under the hypothesis of chance; interval
// by the normal distribution, upper limit clipped at 1. For weights of |i - j|^q: Weights::power.
// Cost: O(answers + labels^2).

#include <cstddef>
#include <cstdint>
#include <vector>

#include "core/agreement/outcome.h"
#include "core/agreement/ratings.h"
#include "core/agreement/weights.h"

namespace countersign::agreement {

// How often the first reviewer's label (row) met the second's (column) on the same item.
struct Contingency {
    size_t labels = 0;
    std::vector<uint64_t> cells;  // by rows
};

// Both numbers below the number of reviewers, and not the same.
Contingency contingency(const Ratings& ratings, uint32_t first, uint32_t second);

Outcome cohen_kappa(const Contingency& table, const Weights& weights, double confidence = 0.95);

}  // namespace countersign::agreement

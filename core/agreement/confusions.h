#pragma once
// Which labels reviewers mistake for each other: where guidelines need a sentence more.

#include <cstddef>
#include <cstdint>
#include <vector>

#include "core/agreement/ratings.h"

namespace countersign::agreement {

struct ConfusedPair {
    uint32_t first = 0;  // the smaller label
    uint32_t second = 0;
    uint64_t answer_pairs = 0;  // of two answers on the same item, one saying first and the other second
    uint32_t items = 0;         // on which that happened
    uint32_t example_item = 0;  // one with the most of them; of equals the first
};

// At most `most` pairs, those with the most pairs of answers first, then by label.
// Cost: the squared distinct labels of each unit, and their sorting.
std::vector<ConfusedPair> confused_pairs(const Ratings& ratings, size_t most);

}  // namespace countersign::agreement

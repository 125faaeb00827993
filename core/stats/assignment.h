#pragma once
// One-to-one matching with the largest total score: the Hungarian method in the form of Jonker and Volgenant (1987).

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace countersign::stats {

// `scores`: rows * columns numbers by rows, 0 or more and finite; 0 means that the two do not match. For each row its
// column, or nothing. Cost: O(smaller^2 * larger) of the two counts.
std::vector<std::optional<size_t>> best_assignment(std::span<const double> scores, size_t rows, size_t columns);

}  // namespace countersign::stats

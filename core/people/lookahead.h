#pragma once
// What asking more reviewers would be worth, before anybody is asked.

#include <cstddef>
#include <span>

namespace countersign::people {

// The largest posterior to be expected after so many more answers. `posterior` sums to 1; `confusions` is
// P(answer | truth) of whoever is asked next, by [truth][answer], rows summing to 1; answers are independent given the
// truth. Sums over all counts of answers, of which there are (answers + labels - 1 over answers).
double certainty_after(std::span<const double> posterior, std::span<const double> confusions, size_t answers);

struct Lookahead {
    size_t answers = 0;    // that are worth most together; 0: none is worth its cost
    double certainty = 0;  // to be expected after these
    double net = 0;        // gain of certainty less cost
};

// The best number of answers up to `most`, each at `cost` (in certainty, so in errors avoided). Looks further than one
// answer: where an item is surer than a reviewer is right, no single answer can turn its label, and the gain of one is
// 0, though that of two is not. Looks less far than `most` where there are more than `kMostOutcomes` outcomes.
Lookahead look_ahead(std::span<const double> posterior, std::span<const double> confusions, size_t most, double cost);

inline constexpr double kMostOutcomes = 1'000;

}  // namespace countersign::people

#pragma once
// What many tests at once need: p-values that hold for all of them, and how many items a test needs to say anything.

#include <cstddef>
#include <span>
#include <vector>

namespace countersign::gate {

// Holm's adjusted p-values (1979), in the order of `p`: rejecting those at or below a level keeps the probability of
// any false rejection at that level, whatever the tests have to do with each other.
std::vector<double> holm(std::span<const double> p);

// How many items show, with the probability `power`, that a candidate which is as good as the base is not worse by
// `margin`, when `discordance` of all items are fixed or broken: (z_level + z_power)^2 discordance / margin^2
// (Connor 1987). All between 0 and 1; level and power excluded from the ends, margin > 0.
struct ItemsNeeded {
    double discordance = 0;
    double margin = 0.02;
    double level = 0.05;  // one-sided
    double power = 0.8;
};

size_t items_needed(const ItemsNeeded& plan);

}  // namespace countersign::gate

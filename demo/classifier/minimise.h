#pragma once
// L-BFGS: finds the minimum of a smooth convex function of many numbers.
// Source: Nocedal and Wright, "Numerical Optimization", 2nd ed., algorithms 7.4 and 7.5, with backtracking line search
// (algorithm 3.1). No randomness, fixed order of summation: the same input gives the same bits.

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace countersign::demo {

// Value at `at`; writes the gradient, which has the same size.
using Objective = std::function<double(std::span<const double> at, std::span<double> gradient)>;

struct MinimiseOptions {
    uint32_t max_steps = 200;
    uint32_t memory = 8;               // pairs of steps and gradient changes that are kept
    double gradient_tolerance = 1e-5;  // stops when no entry of the gradient is larger
};

// Starts at zero. Ends at the tolerance, at max_steps, or when no step makes the value smaller.
std::vector<double> minimise(const Objective& objective, size_t size, const MinimiseOptions& options);

}  // namespace countersign::demo

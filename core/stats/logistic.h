#pragma once
// From logarithms of odds and of weights to probabilities, and back.

#include <span>

namespace countersign::stats {

// ln(p / (1 - p)), 0 <= p <= 1; infinite at the ends.
double logit(double p);
// The inverse of that. Never overflows.
double sigmoid(double x);

// Replaces logarithms by the probabilities that are proportional to their exponentials. Not empty; the largest is
// finite.
void softmax(std::span<double> logs);

}  // namespace countersign::stats

#pragma once
// Internal to core/calibration.

#include <span>

#include "core/base/check.h"

namespace countersign::calibration {

// What brings the weights to a mean of 1.
template <class OneOutcome>
double weight_scale(std::span<const OneOutcome> outcomes) {
    CS_CHECK(!outcomes.empty());
    double sum = 0;
    for (const OneOutcome& one : outcomes) {
        CS_CHECK(one.weight > 0);
        sum += one.weight;
    }
    return static_cast<double>(outcomes.size()) / sum;
}

}  // namespace countersign::calibration

#pragma once
// Internal to core/calibration.

#include <span>
#include <vector>

namespace countersign::calibration {

// ln of class probabilities that were brought to the sum 1, each at least ln kLeastOfClass.
std::vector<double> class_logs(std::span<const double> probabilities);

}  // namespace countersign::calibration

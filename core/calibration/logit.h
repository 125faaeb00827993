#pragma once
// The logit of a stated confidence. Internal to core/calibration.

#include <algorithm>

#include "core/calibration/calibrator.h"
#include "core/stats/elementary.h"
#include "core/stats/logistic.h"

namespace countersign::calibration {

inline double held_inside(double confidence) {
    return std::clamp(confidence, kLeast, 1 - kLeast);
}

inline double logit(double confidence) {
    return stats::logit(held_inside(confidence));
}

}  // namespace countersign::calibration

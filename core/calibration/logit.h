#pragma once
// The logit and its inverse. Internal to core/calibration.

#include <algorithm>

#include "core/calibration/calibrator.h"
#include "core/stats/elementary.h"

namespace countersign::calibration {

inline double held_inside(double confidence) {
    return std::clamp(confidence, kLeast, 1 - kLeast);
}

inline double logit(double confidence) {
    const double inside = held_inside(confidence);
    return stats::log(inside) - stats::log1p(-inside);
}

inline double sigmoid(double z) {
    if (z < 0) {
        const double e = stats::exp(z);
        return e / (1 + e);
    }
    return 1 / (1 + stats::exp(-z));
}

}  // namespace countersign::calibration

#pragma once
// The model file holds whole millionths, so that its bytes depend on no way of printing a double.

#include <cmath>
#include <cstdint>

namespace countersign::demo {

// Nearest, half away from zero.
inline int64_t to_millionths(double value) {
    return static_cast<int64_t>(std::round(value * 1e6));
}

inline double from_millionths(int64_t millionths) {
    return static_cast<double>(millionths) / 1e6;
}

}  // namespace countersign::demo

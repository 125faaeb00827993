#pragma once
// Parts per million: how confidences and scores are kept wherever they steer a decision or enter a hash.
// 1'000'000 is certainty. Read from decimal text exactly (half away from zero), never through a double.

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace countersign {

struct Ppm {
    int32_t value = 0;  // 0 to 1'000'000
    auto operator<=>(const Ppm&) const = default;

    double as_double() const { return static_cast<double>(value) / 1e6; }
};

inline constexpr Ppm kCertain{1'000'000};

// Reads a JSON number's text ("0.7312", "1", "7.3e-1") that lies in 0 to 1.
Result<Ppm> parse_ppm(std::string_view decimal);
// "0.731200" without trailing zeros: "0.7312", "1", "0".
std::string to_decimal(Ppm p);
// For people: "73 %", "73.1 %" with one decimal.
std::string to_percent(Ppm p, int decimals);

}  // namespace countersign

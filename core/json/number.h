#pragma once
// Any JSON number, whether it was written as a whole one or not.

#include <optional>

#include "core/json/json.h"

namespace countersign {

// Nothing for what is no number. Whole numbers beyond 2^53 are rounded.
inline std::optional<double> as_double(const Json& json) {
    if (const int64_t* whole = json.integer()) {
        return static_cast<double>(*whole);
    }
    return json.number() != nullptr ? std::optional(json.number()->value) : std::nullopt;
}

}  // namespace countersign

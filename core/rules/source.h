#pragma once
// The text of an expression, and places in it as people count them.

#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace countersign::rules {

// "column 18", or "line 2, column 5" behind the first line. Columns count code points from 1.
std::string place_of(std::string_view source, uint32_t offset);

// An invalid_argument at that place.
Error error_at(std::string_view source, uint32_t offset, std::string message);

}  // namespace countersign::rules

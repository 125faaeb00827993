#pragma once
// Options that are shares.

#include <string>

#include "core/base/ppm.h"
#include "core/base/result.h"

namespace countersign::native {

// "0.02", "2%" or "2 %". invalid_argument, with the option, for anything else.
Result<Ppm> share_of(const std::string& text, const char* option);
// The same; 0 and 1 are refused too.
Result<Ppm> inner_share_of(const std::string& text, const char* option);

}  // namespace countersign::native

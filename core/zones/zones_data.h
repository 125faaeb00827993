#pragma once
// The lines of core/zones/zones.txt, as the build compiled them in (core/zones/CMakeLists.txt). Only zones.cpp reads
// it.

#include <span>
#include <string_view>

namespace countersign::zones {

std::span<const std::string_view> zone_lines();

}  // namespace countersign::zones

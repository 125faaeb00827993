#pragma once
// The lines of core/rules/zones.txt, as the build compiled them in (core/rules/CMakeLists.txt). Only zones.cpp reads
// it.

#include <span>
#include <string_view>

namespace countersign::rules {

std::span<const std::string_view> zone_lines();

}  // namespace countersign::rules

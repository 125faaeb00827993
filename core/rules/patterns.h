#pragma once
// Regular expressions for matches(), by RE2: linear time in the text, whatever the pattern.

#include <cstdint>
#include <memory>
#include <string_view>

#include <re2/re2.h>

namespace countersign::rules {

// What compiling a pattern while an expression runs costs (limits.h).
inline constexpr uint64_t kPattern_cost = 100;

// Never null; ok() tells whether the pattern is one.
std::unique_ptr<RE2> compile_pattern(std::string_view pattern);

// Whether the pattern is found anywhere in the text.
bool pattern_matches(const RE2& pattern, std::string_view text);

}  // namespace countersign::rules

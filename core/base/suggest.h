#pragma once
// "did you mean": the closest of some known names to a misspelt one. Used by every error that refuses a name.

#include <span>
#include <string>
#include <string_view>

namespace countersign {

// The known name nearest to `name` by edit distance (insert, delete, replace, swap of neighbours), when it is near
// enough to be a slip (at most a third of the name, at least one edit); otherwise empty.
std::string nearest_name(std::string_view name, std::span<const std::string> known);

// "; did you mean 'confidence'?" or "; known are a, b and c" (at most eight), or nothing.
std::string suggestion(std::string_view name, std::span<const std::string> known);

}  // namespace countersign

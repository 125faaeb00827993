#pragma once
// Approved outputs: text under tests/approved, compared byte for byte. COUNTERSIGN_APPROVE=1 rewrites them; what
// changed is then reviewed in the diff.

#include <string>
#include <string_view>

namespace countersign::testing {

void approve(std::string_view name, const std::string& text);

}  // namespace countersign::testing

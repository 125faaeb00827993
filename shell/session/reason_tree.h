#pragma once
// Reason codes as the desk shows them: depth first, each below the group that it is a kind of.

#include <string>
#include <vector>

#include "core/policy/policy.h"
#include "shell/models/full.h"

namespace countersign::shell {

// The codes that may be used with this verdict, and the groups above them; nothing else of the tree.
std::vector<ReasonCode> reason_tree(const Policy& policy, countersign::Verdict verdict,
                                    const std::vector<std::string>& chosen);

}  // namespace countersign::shell

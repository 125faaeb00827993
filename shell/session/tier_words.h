#pragma once
// The server's board of tiers (docs/api.md, GET .../tiers) as words and plots.

#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "shell/models/tiers.h"
#include "shell/texts/texts.h"

namespace countersign::shell {

Result<std::vector<TierModel>> tier_models(const Texts& texts, std::string_view body);

}  // namespace countersign::shell

#pragma once
// Reads a policy document and checks all of it. The first mistake is reported with its field path, for conditions also
// the column in the expression, and what to write instead:
//   routes[2].when: column 18: no such field 'confidnce' in prediction; did you mean 'confidence'?
// The cases in tests/cases/policy are one per kind of mistake.

#include <string_view>

#include "core/base/result.h"
#include "core/policy/policy.h"

namespace countersign {

inline constexpr std::string_view kPolicyFormat = "countersign-policy-1";

struct PolicyLimits {
    size_t document_bytes = 1 << 20;
    size_t labels = 1'000;
    size_t tiers = 12;
    size_t routes = 200;
    size_t checklists = 50;
    size_t questions = 60;
    size_t options = 40;
    size_t reason_codes = 200;
    size_t item_fields = 200;
    size_t calendars = 20;
};

Result<Policy> load_policy(std::string_view bytes, const PolicyLimits& limits = {});

}  // namespace countersign

#include <algorithm>

#include "core/base/concat.h"
#include "core/base/suggest.h"
#include "core/policy/load_parts.h"

namespace countersign::policy_parts {

namespace {

size_t codes_for(const Policy& policy, Verdict verdict) {
    return static_cast<size_t>(
        std::count_if(policy.reason_codes.begin(), policy.reason_codes.end(), [&](const ReasonCode& code) {
            return code.choosable &&
                   std::find(code.verdicts.begin(), code.verdicts.end(), verdict) != code.verdicts.end();
        }));
}

Status check_tier(const Policy& policy, const TierDef& tier, const std::string& path) {
    CS_TRY_STATUS(check_calendar(policy, tier, path));
    if (!tier.checklist.empty() && policy.checklist(tier.checklist) == nullptr) {
        std::vector<std::string> known;
        for (const Checklist& checklist : policy.checklists) {
            known.push_back(checklist.id);
        }
        return fail(ErrorCode::invalid_argument,
                    concat("there is no checklist '", tier.checklist, "'", suggestion(tier.checklist, known)),
                    path + ".checklist");
    }
    for (const Verdict verdict : tier.rationale.codes.verdicts) {
        const size_t usable = codes_for(policy, verdict);
        if (usable < tier.rationale.codes.min) {
            return fail(ErrorCode::invalid_argument,
                        concat("asks for ", tier.rationale.codes.min, " reason codes with ", verdict_name(verdict),
                               ", but reason_codes has ", usable, " for it"),
                        path + ".rationale.codes");
        }
    }
    return success();
}

}  // namespace

Status check_references(const Policy& policy) {
    for (size_t i = 0; i < policy.tiers.size(); ++i) {
        CS_TRY_STATUS(check_tier(policy, policy.tiers[i], element_path("tiers", i)));
    }
    return success();
}

}  // namespace countersign::policy_parts

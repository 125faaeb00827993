#include "core/policy/policy.h"

#include <algorithm>

#include "core/base/concat.h"
#include "core/base/suggest.h"

namespace countersign {

namespace {

template <class Definitions, class Id>
auto find_by_id(const Definitions& definitions, const Id& id) -> decltype(definitions.data()) {
    const auto found =
        std::find_if(definitions.begin(), definitions.end(), [&](const auto& one) { return one.id == id; });
    return found == definitions.end() ? nullptr : &*found;
}

}  // namespace

bool Requirement::applies_to(Verdict verdict) const {
    return min > 0 && std::find(verdicts.begin(), verdicts.end(), verdict) != verdicts.end();
}

const LabelDef* Policy::label(const LabelId& id) const {
    return find_by_id(labels, id);
}

const TierDef* Policy::tier(std::string_view id) const {
    return find_by_id(tiers, id);
}

const RouteDef* Policy::route(std::string_view id) const {
    return find_by_id(routes, id);
}

const Checklist* Policy::checklist(std::string_view id) const {
    return find_by_id(checklists, id);
}

const ReasonCode* Policy::reason_code(std::string_view id) const {
    return find_by_id(reason_codes, id);
}

std::string Policy::reason_path(std::string_view id) const {
    const ReasonCode* code = reason_code(id);
    if (code == nullptr) {
        return std::string(id);
    }
    return code->parent.empty() ? code->name : concat(reason_path(code->parent), " > ", code->name);
}

const Checklist* Policy::checklist_for(const RouteTaken& route) const {
    const TierDef* taken = tier(route.tier);
    return taken == nullptr || taken->checklist.empty() ? nullptr : checklist(taken->checklist);
}

Status check_label(const Policy& policy, const LabelId& label) {
    if (policy.label(label) != nullptr) {
        return success();
    }
    std::vector<std::string> known;
    for (const LabelDef& one : policy.labels) {
        known.push_back(one.id.text);
    }
    return fail(ErrorCode::invalid_argument,
                concat("'", label.text, "' is not a label of the policy", suggestion(label.text, known)),
                "prediction.label");
}

}  // namespace countersign

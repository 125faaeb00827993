#include "core/policy/policy.h"

#include <algorithm>

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

const Checklist* Policy::checklist_for(const RouteTaken& route) const {
    const TierDef* taken = tier(route.tier);
    return taken == nullptr || taken->checklist.empty() ? nullptr : checklist(taken->checklist);
}

}  // namespace countersign

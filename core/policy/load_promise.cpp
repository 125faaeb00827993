#include <algorithm>

#include "core/base/concat.h"
#include "core/base/suggest.h"
#include "core/policy/load_parts.h"

namespace countersign::policy_parts {

namespace {

// A share that is neither none nor, unless it may be, all.
struct ShareRule {
    Ppm otherwise;
    Ppm min{1};
    Ppm max = kCertain;
};

Result<Ppm> read_share(Fields& fields, std::string_view name, const ShareRule& rule) {
    if (!fields.has(name)) {
        return rule.otherwise;
    }
    const Ppm share = CS_TRY(fields.ppm(name));
    if (share < rule.min || share > rule.max) {
        return fields.error(
            name, concat(to_decimal(share), " is not between ", to_decimal(rule.min), " and ", to_decimal(rule.max)));
    }
    return share;
}

// The tier named, or the first quick one, or the first that has reviewers at all.
Result<std::string> otherwise_tier(const Policy& policy, const std::string& named, const std::string& path) {
    std::vector<std::string> usable;
    const TierDef* best = nullptr;
    for (const TierDef& tier : policy.tiers) {
        if (tier.kind == TierKind::automatic) {
            continue;
        }
        usable.push_back(tier.id);
        if (best == nullptr || (best->kind != TierKind::quick && tier.kind == TierKind::quick)) {
            best = &tier;
        }
    }
    CS_CHECK(best != nullptr);
    if (named.empty()) {
        return best->id;
    }
    if (std::find(usable.begin(), usable.end(), named) == usable.end()) {
        return fail(ErrorCode::invalid_argument,
                    concat("'", named, "' is no tier with reviewers", suggestion(named, usable)), path + ".otherwise");
    }
    return named;
}

void add_part(std::string& text, std::string_view part) {
    text += concat(part.size(), ':', part);
}

// All that decides which items the promise is about, and what it says.
Digest basis_of(const Policy& policy, const TierDef& tier) {
    std::string text = "countersign-promise-1\n";
    const TierPromise& promise = *tier.promise;
    add_part(text, tier.id);
    add_part(text, to_decimal(promise.max_error));
    add_part(text, to_decimal(promise.confidence));
    size_t last = policy.routes.size();
    while (last > 0 && policy.routes[last - 1].tier != tier.id) {
        --last;
    }
    for (size_t i = 0; i < last; ++i) {
        add_part(text, policy.routes[i].when);
        add_part(text, policy.routes[i].tier);
    }
    return sha256(text);
}

}  // namespace

Result<std::optional<TierPromise>> read_promise(Fields& tier) {
    const Json* json = tier.optional("promise");
    if (json == nullptr) {
        return std::optional<TierPromise>();
    }
    Fields fields = CS_TRY(Fields::of(*json, tier.path_of("promise")));
    TierPromise out;
    static_cast<void>(CS_TRY(fields.ppm("max_error")));
    out.max_error = CS_TRY(read_share(fields, "max_error", {.otherwise = {}, .min = {100}, .max = {500'000}}));
    out.confidence =
        CS_TRY(read_share(fields, "confidence", {.otherwise = {900'000}, .min = {500'000}, .max = {999'900}}));
    out.otherwise = CS_TRY(fields.text_or("otherwise", ""));
    out.first_look = CS_TRY(fields.integer_or("first_look", 0, {.min = 50, .max = 10'000'000}));
    out.evidence_while_closed =
        CS_TRY(read_share(fields, "evidence_while_closed", {.otherwise = kCertain, .min = {1'000}}));
    out.evidence_while_open =
        CS_TRY(read_share(fields, "evidence_while_open", {.otherwise = {20'000}, .min = {1'000}}));
    out.audit = CS_TRY(read_share(fields, "audit", {.otherwise = {50'000}, .min = {1'000}}));
    out.alarm = CS_TRY(read_share(fields, "alarm", {.otherwise = {50'000}, .min = {100}, .max = {500'000}}));
    CS_TRY_STATUS(fields.done());
    return std::optional(out);
}

Status complete_promises(Policy& policy) {
    for (size_t i = 0; i < policy.tiers.size(); ++i) {
        TierDef& tier = policy.tiers[i];
        if (!tier.promise) {
            continue;
        }
        const std::string path = concat(element_path("tiers", i), ".promise");
        const bool named = std::any_of(policy.routes.begin(), policy.routes.end(),
                                       [&](const RouteDef& route) { return route.tier == tier.id; });
        if (!named) {
            return fail(ErrorCode::invalid_argument, concat("no route sends anything to the tier '", tier.id, "'"),
                        path);
        }
        tier.promise->otherwise = CS_TRY(otherwise_tier(policy, tier.promise->otherwise, path));
        tier.promise->basis = basis_of(policy, tier);
    }
    return success();
}

}  // namespace countersign::policy_parts

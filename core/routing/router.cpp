#include "core/routing/router.h"

#include "core/base/concat.h"

namespace countersign {

namespace {

// The most careful tier: what an item gets when a condition cannot be evaluated.
const TierDef& careful_tier(const Policy& policy) {
    const TierDef* best = nullptr;
    for (const TierDef& tier : policy.tiers) {
        if (tier.kind != TierKind::automatic && (best == nullptr || tier.kind > best->kind)) {
            best = &tier;
        }
    }
    CS_CHECK(best != nullptr);
    return *best;
}

}  // namespace

Router::Router(const Policy& policy)
    : policy_(policy),
      slots_(policy.routes.front().condition.environment()),
      activation_(policy.routes.front().condition.environment()) {
    for (const RouteDef& route : policy.routes) {
        const TierDef* tier = policy.tier(route.tier);
        CS_CHECK(tier != nullptr);
        tiers_.push_back(tier);
    }
}

Router::Found Router::find(const RoutedItem& item, const Prediction& prediction) {
    activation_.clear();
    if (Status filled = fill_facts(activation_, slots_, policy_, item, prediction); !filled.ok()) {
        // A document whose fields do not have the types that the policy declares is as much a reason for care as a
        // condition that fails: the first route stands for "none could be tried".
        return {0, true, filled.error(), false};
    }
    for (size_t i = 0; i < policy_.routes.size(); ++i) {
        switch (evaluator_.decide(policy_.routes[i].condition, activation_)) {
            case rules::Verdict::yes: return {i};
            case rules::Verdict::no: break;
            case rules::Verdict::failed: return {i, true, evaluator_.error()};
        }
    }
    return {policy_.routes.size() - 1};  // load_policy() saw to it that the last one always holds
}

RouteTaken Router::taken(const RoutedItem& item, const Found& found, Instant now) const {
    const TierDef& tier = found.failed ? careful_tier(policy_) : *tiers_[found.route];
    RouteTaken out = route_into(policy_, policy_.routes[found.route], tier, now);
    out.calibrated = item.calibrated;
    return out;
}

RouteTaken Router::route(const RoutedItem& item, const Prediction& prediction, Instant now) {
    return taken(item, find(item, prediction), now);
}

RouteExplanation Router::explain(const RoutedItem& item, const Prediction& prediction, Instant now) {
    const Found found = find(item, prediction);
    const RouteDef& route = policy_.routes[found.route];
    RouteExplanation out;
    out.taken = taken(item, found, now);
    out.reason = route.reason;
    out.condition = route.when;
    if (found.failed) {
        out.problem = concat("could not be decided (", found.problem.text(), "), so the most careful tier '",
                             out.taken.tier, "' takes it");
    }
    for (size_t i = 0; i < found.route; ++i) {
        out.passed_over.push_back(policy_.routes[i].id);
    }
    if (found.filled) {
        for (const rules::Reading& reading : evaluator_.explain(route.condition, activation_).readings) {
            out.seen.push_back({reading.path, reading.shown});
        }
    }
    return out;
}

RouteTaken route(const Policy& policy, const RoutedItem& item, const Prediction& prediction, Instant now) {
    return Router(policy).route(item, prediction, now);
}

RouteExplanation explain_route(const Policy& policy, const RoutedItem& item, const Prediction& prediction,
                               Instant now) {
    return Router(policy).explain(item, prediction, now);
}

}  // namespace countersign

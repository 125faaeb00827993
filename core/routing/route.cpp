#include "core/routing/route.h"

#include "core/base/concat.h"
#include "core/calendar/business_time.h"
#include "core/routing/facts.h"
#include "core/rules/evaluate.h"

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

// The route that an item takes, and why not an earlier one.
struct Found {
    const RouteDef* route = nullptr;
    Error problem;  // set when the route's condition could not be evaluated
    bool failed = false;
};

Found find_route(const Policy& policy, const rules::Activation& activation, rules::Evaluator& evaluator) {
    for (const RouteDef& route : policy.routes) {
        const auto holds = evaluator.test(route.condition, activation);
        if (!holds.ok()) {
            return {&route, holds.error(), true};
        }
        if (holds.value()) {
            return {&route, {}, false};
        }
    }
    return {&policy.routes.back(), {}, false};  // load_policy() saw to it that the last one always holds
}

RouteTaken taken(const Policy& policy, const RoutedItem& item, const Found& found, Instant now) {
    const TierDef* tier = found.failed ? &careful_tier(policy) : policy.tier(found.route->tier);
    CS_CHECK(tier != nullptr);
    RouteTaken out = route_into(policy, *found.route, *tier, now);
    out.calibrated = item.calibrated;
    return out;
}

// A document whose fields do not have the types that the policy declares is as much a reason for care as a condition
// that fails: the first route stands for "none could be tried".
Found unusable(const Policy& policy, const Error& problem) {
    return {&policy.routes.front(), problem, true};
}

}  // namespace

RouteTaken route_into(const Policy& policy, const RouteDef& route, const TierDef& tier, Instant now) {
    RouteTaken out;
    out.tier = tier.id;
    out.kind = tier.kind;
    out.route = route.id;
    const std::optional<Duration> due = route.due && tier.kind != TierKind::automatic ? route.due : tier.due;
    if (due) {
        const auto calendar = policy.calendars.find(tier.calendar);
        // What would be due behind the year 9999 is not due.
        out.due = calendar == policy.calendars.end() ? std::optional(now + *due)
                                                     : calendar::add_business_time(calendar->second, now, *due);
    }
    out.reviewers = route.reviewers.value_or(tier.reviewers);
    out.late_waits = tier.late_waits;
    out.policy = policy.digest;
    return out;
}

RouteTaken route(const Policy& policy, const RoutedItem& item, const Prediction& prediction, Instant now) {
    rules::Activation activation(policy.routes.front().condition.environment());
    rules::Evaluator evaluator;
    const Status filled = fill_facts(activation, policy, item, prediction);
    return taken(policy, item,
                 filled.ok() ? find_route(policy, activation, evaluator) : unusable(policy, filled.error()), now);
}

RouteExplanation explain_route(const Policy& policy, const RoutedItem& item, const Prediction& prediction,
                               Instant now) {
    rules::Activation activation(policy.routes.front().condition.environment());
    rules::Evaluator evaluator;
    const Status filled = fill_facts(activation, policy, item, prediction);
    const Found found = filled.ok() ? find_route(policy, activation, evaluator) : unusable(policy, filled.error());
    RouteExplanation out;
    out.taken = taken(policy, item, found, now);
    out.reason = found.route->reason;
    out.condition = found.route->when;
    if (found.failed) {
        out.problem = concat("could not be decided (", found.problem.text(), "), so the most careful tier '",
                             out.taken.tier, "' takes it");
    }
    for (const RouteDef& passed : policy.routes) {
        if (&passed == found.route) {
            break;
        }
        out.passed_over.push_back(passed.id);
    }
    if (filled.ok()) {
        for (const rules::Reading& reading : evaluator.explain(found.route->condition, activation).readings) {
            out.seen.push_back({reading.path, reading.shown});
        }
    }
    return out;
}

}  // namespace countersign

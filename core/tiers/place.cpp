#include "core/tiers/place.h"

#include "core/audit/coin.h"
#include "core/routing/route.h"
#include "core/tiers/keys.h"

namespace countersign::tiers {

namespace {

Ppm error_probability(const RouteTaken& routed, const Prediction& prediction) {
    return Ppm{kCertain.value - routed.calibrated.value_or(prediction.confidence).value};
}

// The route's item as the tier that reviews it takes it.
RouteTaken to_people(const Placing& by, const RouteTaken& routed, const TierDef& automatic, PromiseTaken promise) {
    const RouteDef* route = by.policy.route(routed.route);
    const TierDef* tier = by.policy.tier(automatic.promise->otherwise);
    CS_CHECK(route != nullptr && tier != nullptr);
    RouteTaken out = route_into(by.policy, *route, *tier, by.now);
    out.calibrated = routed.calibrated;
    out.promise = std::move(promise);
    return out;
}

RouteTaken promised(const Placing& by, const RouteTaken& routed, const TierDef& tier, const Certification& holds,
                    const ItemId& item, const Prediction& prediction) {
    PromiseTaken promise{tier.id, PromiseOutcome::approved, {}, holds.certified.serial, holds.promised.items + 1, 0};
    promise.stratum = stratum_of(holds.certified, error_probability(routed, prediction));
    promise.propensity = holds.certified.propensities[static_cast<size_t>(promise.stratum)];
    if (audit::is_chosen(audit_key(by.secret, holds.certified.serial), item, promise.propensity)) {
        promise.outcome = PromiseOutcome::audited;
        return to_people(by, routed, tier, std::move(promise));
    }
    RouteTaken out = routed;
    out.promise = std::move(promise);
    return out;
}

const TierDef* promising(const Policy& policy, const std::string& id) {
    const TierDef* tier = policy.tier(id);
    return tier != nullptr && tier->promise ? tier : nullptr;
}

// As core/routing gave it, of an item that is with people because of the tier's promise.
RouteTaken as_routed(const Placing& by, const RouteTaken& route, const TierDef& tier) {
    const RouteDef* def = by.policy.route(route.route);
    CS_CHECK(def != nullptr);
    RouteTaken out = route_into(by.policy, *def, tier, by.now);
    out.calibrated = route.calibrated;
    return out;
}

}  // namespace

int32_t stratum_of(const TierCertified& certified, Ppm error_probability) {
    int32_t stratum = 0;
    for (const Ppm bound : certified.strata) {
        stratum += error_probability > bound ? 1 : 0;
    }
    return stratum;
}

RouteTaken place(const Placing& by, const RouteTaken& routed, const ItemId& item, const Prediction& prediction) {
    const TierDef* tier = promising(by.policy, routed.tier);
    if (tier == nullptr) {
        return routed;
    }
    const TierPromise& promise = *tier->promise;
    const Certification* holds = by.board.holds(tier->id, prediction.model, promise.basis);
    const Ppm share = holds != nullptr ? promise.evidence_while_open : promise.evidence_while_closed;
    PromiseTaken taken{tier->id, PromiseOutcome::evidence, share};
    if (!audit::is_chosen(evidence_key(by.secret), item, share)) {
        if (holds != nullptr && prediction.confidence >= holds->certified.threshold) {
            return promised(by, routed, *tier, *holds, item, prediction);
        }
        taken.outcome = holds == nullptr ? PromiseOutcome::closed : PromiseOutcome::below;
    }
    return to_people(by, routed, *tier, std::move(taken));
}

std::optional<RouteTaken> place_again(const Placing& by, const ItemState& state) {
    const std::optional<PromiseTaken>& before = state.route().promise;
    if (!before || is_promised(before->outcome)) {
        return std::nullopt;
    }
    const TierDef* tier = promising(by.policy, before->tier);
    if (tier == nullptr) {
        return std::nullopt;
    }
    const Prediction& prediction = state.current();
    const Certification* holds = by.board.holds(tier->id, prediction.model, tier->promise->basis);
    if (holds == nullptr || prediction.confidence < holds->certified.threshold) {
        return std::nullopt;
    }
    const TierCertified& certified = holds->certified;
    const bool used = state.ingested_at <= certified.to;
    if (before->outcome == PromiseOutcome::evidence &&
        (used || audit::is_chosen(evidence_key(by.secret), state.id, certified.still_drawn))) {
        return std::nullopt;
    }
    return promised(by, as_routed(by, state.route(), *tier), *tier, *holds, state.id, prediction);
}

std::optional<RouteTaken> take_back(const Placing& by, const ItemState& state, const TierClosed& closed) {
    const std::optional<PromiseTaken>& before = state.route().promise;
    const bool concerned = before && before->outcome == PromiseOutcome::approved &&
                           before->certificate == closed.certificate && closed.good_until &&
                           before->number > *closed.good_until;
    const TierDef* tier = concerned ? promising(by.policy, before->tier) : nullptr;
    if (tier == nullptr) {
        return std::nullopt;
    }
    return to_people(by, state.route(), *tier, {tier->id, PromiseOutcome::closed, {}});
}

}  // namespace countersign::tiers

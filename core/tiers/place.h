#pragma once
// Where an item goes whose route leads to an automatic tier with a promise: through it, or to people, and whether it is
// drawn. The same item under the same board and secret always goes the same way, with or without a network.
//
//  1. By a coin of its own an item is drawn as evidence, whatever its confidence.
//  2. While no certificate holds, or below its threshold, people review it.
//  3. Otherwise it is promised about: numbered, and by another coin drawn for the audit, or approved.

#include "core/model/item_state.h"
#include "core/policy/policy.h"
#include "core/tiers/board.h"

namespace countersign::tiers {

struct Placing {
    const Policy& policy;
    const TierBoard& board;
    std::string_view secret;  // core/tiers/keys.h
    Instant now;
};

// `routed` as core/routing gives it; unchanged when its tier promises nothing.
RouteTaken place(const Placing& by, const RouteTaken& routed, const ItemId& item, const Prediction& prediction);

// Again, when the tier has opened since. Nothing for an item that stays where it is: it has no promise, is not sure
// enough, or is evidence that the certificate rests on or that stays drawn.
std::optional<RouteTaken> place_again(const Placing& by, const ItemState& state);

// To people, when the tier was closed: what had been approved by this certificate with a number above `good_until`.
std::optional<RouteTaken> take_back(const Placing& by, const ItemState& state, const TierClosed& closed);

// Of the strata that a certificate names: 0 is the least risk.
int32_t stratum_of(const TierCertified& certified, Ppm error_probability);

}  // namespace countersign::tiers

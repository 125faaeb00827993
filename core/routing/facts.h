#pragma once
// What conditions see of one item and its prediction, whatever they decide: its route, or which questions are asked.

#include <cstdint>

#include "core/base/result.h"
#include "core/policy/policy.h"
#include "core/routing/route.h"
#include "core/rules/activation.h"

namespace countersign {

// Where an environment keeps `item` and `prediction` (core/policy/routing_environment.h), looked up once.
struct FactSlots {
    explicit FactSlots(const rules::Environment& environment);

    uint32_t label, model, confidence, margin, calibrated, scores;
    uint32_t id, text, input, metadata;
};

// Sets `item` and `prediction`. Everything set points into what the caller holds, or lives until activation.clear().
// Fails where a field does not have the type that the policy declares; what was set before stays, the prediction first.
Status fill_facts(rules::Activation& activation, const FactSlots& slots, const Policy& policy, const RoutedItem& item,
                  const Prediction& prediction);

}  // namespace countersign

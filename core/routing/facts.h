#pragma once
// What conditions see of one item and its prediction, whatever they decide: its route, or which questions are asked.

#include "core/base/result.h"
#include "core/policy/policy.h"
#include "core/routing/route.h"
#include "core/rules/activation.h"

namespace countersign {

// Sets `item` and `prediction` (core/policy/routing_environment.h). Everything set points into what the caller holds.
// Fails where a field does not have the type that the policy declares; what was set before stays, the prediction first.
Status fill_facts(rules::Activation& activation, const Policy& policy, const RoutedItem& item,
                  const Prediction& prediction);

}  // namespace countersign

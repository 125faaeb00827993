#pragma once
// What a route's condition may speak of: the variables, their fields and types, in the order in which core/routing
// fills them. docs/rules.md describes them for people who write policies.
//
//   item        id, text, input, metadata     (metadata's fields as item_schema says; without it, any)
//   prediction  label, confidence, margin, scores, model, calibrated

#include "core/policy/policy.h"
#include "core/rules/environment.h"

namespace countersign {

rules::Environment routing_environment(const Policy& policy);

}  // namespace countersign

#pragma once
// Routing: the first route of the policy whose condition holds decides the tier, always with an explanation.
//
// Contract: pure; the same policy on the same item and prediction gives the same answer, natively and in wasm. A
// condition that cannot be evaluated (a field is missing, a limit is reached) never lets an item slip: the item goes to
// the most careful tier, and the explanation says so.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/instant.h"
#include "core/json/json.h"
#include "core/model/prediction.h"
#include "core/model/route_taken.h"
#include "core/policy/policy.h"

namespace countersign {

// An item as conditions see it: its document, parsed, and the text at the policy's interface.text.
struct RoutedItem {
    std::string_view id;
    const Json* document = nullptr;  // {"input":{...},"metadata":{...}}; route() needs it, fill_facts() can do without
    // How probable it is that the prediction is right (core/calibration); nothing where the model is not calibrated:
    // conditions see its confidence then.
    std::optional<Ppm> calibrated = {};
};

RouteTaken route(const Policy& policy, const RoutedItem& item, const Prediction& prediction, Instant now);

// What the route gives by this tier: the one that it names, or another that stands in for it.
RouteTaken route_into(const Policy& policy, const RouteDef& route, const TierDef& tier, Instant now);

struct SeenValue {
    std::string name;   // "prediction.confidence"
    std::string value;  // "0.42"; long texts are shortened
};

struct RouteExplanation {
    RouteTaken taken;
    std::string reason;                    // the route's own words
    std::string condition;                 // as the policy writes it
    std::vector<SeenValue> seen;           // what the condition looked at
    std::vector<std::string> passed_over;  // ids of the routes before it that did not match
    std::string problem;                   // set when a condition could not be evaluated
};

RouteExplanation explain_route(const Policy& policy, const RoutedItem& item, const Prediction& prediction, Instant now);

// The text at a path like "input.text"; empty when it is not there or no text.
std::string_view text_at(const Json& document, std::string_view path);

}  // namespace countersign

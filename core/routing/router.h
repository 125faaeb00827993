#pragma once
// Routes one item after another by the same policy: what route() does, without allocating for each item.
//
// Contract: one thread at a time; the policy outlives the Router. What it answers does not depend on the items before.
// Once it has seen an item, routing another that is not larger allocates only for ids that are longer than a string's
// own room. Both: tests/core/routing/router_test.cpp.

#include <vector>

#include "core/routing/facts.h"
#include "core/routing/route.h"
#include "core/rules/activation.h"
#include "core/rules/evaluate.h"

namespace countersign {

class Router {
public:
    explicit Router(const Policy& policy);

    RouteTaken route(const RoutedItem& item, const Prediction& prediction, Instant now);
    RouteExplanation explain(const RoutedItem& item, const Prediction& prediction, Instant now);

private:
    // The route that an item takes; when it could not be decided, the one at which that showed, and why.
    struct Found {
        size_t route = 0;
        bool failed = false;
        Error problem = {};
        bool filled = true;  // conditions saw the item
    };

    Found find(const RoutedItem& item, const Prediction& prediction);
    RouteTaken taken(const RoutedItem& item, const Found& found, Instant now) const;

    const Policy& policy_;
    std::vector<const TierDef*> tiers_;  // of each route
    FactSlots slots_;
    rules::Activation activation_;
    rules::Evaluator evaluator_;
};

}  // namespace countersign

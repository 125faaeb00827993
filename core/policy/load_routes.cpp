#include "core/base/concat.h"
#include "core/policy/load_parts.h"
#include "core/policy/routing_environment.h"
#include "core/rules/compile.h"

namespace countersign::policy_parts {

namespace {

// The last route takes what is left, and nothing before it hides the ones behind.
Status check_last_route(const Policy& policy) {
    for (size_t i = 0; i + 1 < policy.routes.size(); ++i) {
        if (policy.routes[i].when == "true") {
            return fail(
                ErrorCode::invalid_argument,
                concat("always matches, so routes[", i + 1, "] and later can never be reached; move it to the end"),
                concat("routes[", i, "].when"));
        }
    }
    if (policy.routes.back().when != "true") {
        return fail(ErrorCode::invalid_argument, "the last route must take what is left: write \"when\": \"true\"",
                    concat("routes[", policy.routes.size() - 1, "].when"));
    }
    return success();
}

}  // namespace

Status read_routes(Fields& fields, const PolicyLimits& limits, Policy& out) {
    const JsonArray* routes = CS_TRY(fields.list("routes", limits.routes));
    if (routes->empty()) {
        return fields.error("routes", "must have at least one route; the last one with \"when\": \"true\"");
    }
    const rules::Environment environment = routing_environment(out);
    std::vector<std::string> tier_ids;
    for (const TierDef& tier : out.tiers) {
        tier_ids.push_back(tier.id);
    }
    std::vector<std::string> taken;
    for (size_t i = 0; i < routes->size(); ++i) {
        Fields one = CS_TRY(Fields::of((*routes)[i], element_path("routes", i)));
        RouteDef route;
        route.id = CS_TRY(read_id(one, taken));
        taken.push_back(route.id);
        route.when = CS_TRY(one.text("when", {.max_bytes = 4'000}));
        auto condition =
            rules::compile(route.when, environment, {.result = rules::types::boolean(), .what = "the condition"});
        if (!condition.ok()) {
            const Error& error = condition.error();
            return one.error("when", concat(error.field, error.field.empty() ? "" : ": ", error.message));
        }
        route.condition = std::move(condition).value();
        const size_t tier = CS_TRY(one.choice("tier", tier_ids));
        route.tier = tier_ids[tier];
        route.reason = CS_TRY(one.text_or("reason", "", {.min_bytes = 0, .max_bytes = 500}));
        route.due = CS_TRY(read_due(one));
        if (one.has("reviewers")) {
            route.reviewers = static_cast<uint32_t>(CS_TRY(one.integer("reviewers", {.min = 1, .max = 15})));
        }
        CS_TRY_STATUS(one.done());
        out.routes.push_back(std::move(route));
    }
    return check_last_route(out);
}

}  // namespace countersign::policy_parts

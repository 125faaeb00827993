#include "core/base/concat.h"
#include "core/base/suggest.h"
#include "core/calendar/calendar_json.h"
#include "core/policy/load_parts.h"

namespace countersign::policy_parts {

Status read_calendars(Fields& fields, const PolicyLimits& limits, Policy& out) {
    const Json* calendars = fields.optional("calendars");
    if (calendars == nullptr) {
        return success();
    }
    if (calendars->object() == nullptr) {
        return fields.error("calendars", "must be an object: each calendar by its id");
    }
    if (calendars->object()->size() > limits.calendars) {
        return fields.error("calendars", concat("has ", calendars->object()->size(), " members; at most ",
                                                limits.calendars, " are allowed"));
    }
    for (const auto& [id, json] : *calendars->object()) {
        if (id.empty() || id.size() > 64) {
            return fields.error("calendars", "an id has 1 to 64 bytes");
        }
        out.calendars.insert_or_assign(id, CS_TRY(calendar::load_calendar(json, concat("calendars.", id))));
    }
    return success();
}

Status check_calendar(const Policy& policy, const TierDef& tier, const std::string& path) {
    if (tier.calendar.empty() || policy.calendars.contains(tier.calendar)) {
        return success();
    }
    std::vector<std::string> known;
    for (const auto& [id, calendar] : policy.calendars) {
        known.push_back(id);
    }
    return fail(ErrorCode::invalid_argument,
                concat("there is no calendar '", tier.calendar, "'", suggestion(tier.calendar, known)),
                path + ".calendar");
}

}  // namespace countersign::policy_parts

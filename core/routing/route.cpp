#include "core/routing/route.h"

#include "core/calendar/business_time.h"

namespace countersign {

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

}  // namespace countersign

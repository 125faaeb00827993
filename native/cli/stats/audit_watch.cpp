#include "native/cli/stats/audit_watch.h"

#include <algorithm>

#include "core/audit/alarm.h"
#include "core/stats/elementary.h"

namespace countersign::native {

namespace {

using table::AuditFinding;

bool is_of_one_propensity(const table::NamedAudit& named) {
    return std::ranges::all_of(named.approved, [&named](const table::ApprovedItem& item) {
        return item.propensity == named.approved.front().propensity;
    });
}

void observe(audit::BetaMixtureAlarm& alarm, const table::ApprovedItem& item) {
    if (item.finding != AuditFinding::not_audited) {
        alarm.observe(item.finding == AuditFinding::wrong ? audit::Verdict::wrong : audit::Verdict::right);
    }
}

void observe(audit::WeightedAlarm& alarm, const table::ApprovedItem& item) {
    if (item.finding == AuditFinding::not_audited) {
        alarm.observe_unaudited();
    } else {
        alarm.observe_audited(item.propensity, item.finding == AuditFinding::wrong ? 1 : 0);
    }
}

template <class Alarm>
void run(const table::NamedAudit& named, Alarm alarm, AlarmOutcome& out) {
    const double goal = -stats::log(out.alpha.as_double());
    AuditPoint point;
    double lowest = 0;
    for (; point.row < named.approved.size(); ++point.row) {
        const table::ApprovedItem& item = named.approved[point.row];
        observe(alarm, item);
        point.audits += item.finding == AuditFinding::not_audited ? 0 : 1;
        out.log_e = alarm.log_e();
        out.log_e_highest = std::max(out.log_e_highest, out.log_e);
        if (out.alarmed) {
            continue;
        }
        if (out.log_e >= goal) {
            out.alarmed = point;
        } else if (out.log_e <= lowest) {
            lowest = out.log_e;
            out.last_good = point;
        }
    }
}

std::optional<AuditPoint> first_change(const table::NamedAudit& named, Ppm limit) {
    audit::ChangeAlarm alarm(limit.as_double());
    AuditPoint point;
    for (; point.row < named.approved.size(); ++point.row) {
        const AuditFinding finding = named.approved[point.row].finding;
        if (finding == AuditFinding::not_audited) {
            continue;
        }
        ++point.audits;
        alarm.observe(finding == AuditFinding::wrong ? 1 : 0);
        if (alarm.alarmed()) {
            return point;
        }
    }
    return std::nullopt;
}

}  // namespace

AlarmOutcome watch(const table::NamedAudit& named, Ppm limit, Ppm alpha) {
    AlarmOutcome out{.limit = limit, .alpha = alpha};
    if (is_of_one_propensity(named)) {
        run(named, audit::BetaMixtureAlarm(limit.as_double()), out);
        out.changed = first_change(named, limit);
    } else {
        out.method = AlarmMethod::weighted;
        run(named, audit::WeightedAlarm(limit.as_double()), out);
    }
    return out;
}

}  // namespace countersign::native

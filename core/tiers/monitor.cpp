#include "core/tiers/monitor.h"

#include <algorithm>
#include <array>

#include "core/audit/alarm.h"
#include "core/audit/interval.h"
#include "core/base/concat.h"
#include "core/stats/elementary.h"

namespace countersign::tiers {

namespace {

constexpr double kIntervalDelta = 0.05;

using Audits = std::vector<const DrawnItem*>;

Audits audits_of(const Certification& certification, std::span<const DrawnItem> drawn) {
    Audits out;
    for (const DrawnItem& item : drawn) {
        if (item.promise.outcome == PromiseOutcome::audited &&
            item.promise.certificate == certification.certified.serial) {
            out.push_back(&item);
        }
    }
    return out;
}

bool is_decided(const DrawnItem& item) {
    return item.finding == Finding::right || item.finding == Finding::wrong;
}

audit::Estimate error_by_strata(const Certification& certification, const Audits& audits) {
    std::array<audit::StratumAudit, TierCertified::kStrata> strata{};
    for (size_t i = 0; i < strata.size(); ++i) {
        strata[i].items = certification.promised.by_stratum[i];
    }
    for (const DrawnItem* item : audits) {
        const auto at = static_cast<size_t>(item->promise.stratum);
        if (is_decided(*item) && at < strata.size()) {
            ++strata[at].audited;
            strata[at].errors += item->finding == Finding::wrong ? 1 : 0;
        }
    }
    for (audit::StratumAudit& stratum : strata) {
        stratum.items = std::max(stratum.items, stratum.audited);
    }
    return audit::stratified_rate(strata, kIntervalDelta);
}

// Bets as decisions came; until the first alarm.
void follow(AuditState& out, Audits audits, double max_error) {
    std::sort(audits.begin(), audits.end(),
              [](const DrawnItem* a, const DrawnItem* b) { return a->promise.number < b->promise.number; });
    std::vector<int64_t> drawn_numbers;
    for (const DrawnItem* item : audits) {
        drawn_numbers.push_back(item->promise.number);
    }
    std::erase_if(audits, [](const DrawnItem* item) { return !is_decided(*item); });
    std::stable_sort(audits.begin(), audits.end(),
                     [](const DrawnItem* a, const DrawnItem* b) { return a->decided < b->decided; });
    audit::WeightedAlarm alarm(max_error);
    audit::WeightedChangeAlarm change(max_error);
    int64_t reached = 0;
    for (const DrawnItem* item : audits) {
        const int64_t number = item->promise.number;
        int64_t unaudited = 0;
        if (number > reached) {
            const auto from = std::upper_bound(drawn_numbers.begin(), drawn_numbers.end(), reached);
            const auto to = std::upper_bound(drawn_numbers.begin(), drawn_numbers.end(), number);
            unaudited = number - reached - (to - from);
            reached = number;
        }
        const double loss = item->finding == Finding::wrong ? 1 : 0;
        alarm.observe_unaudited(unaudited);
        alarm.observe_audited(item->promise.propensity, loss);
        change.observe(unaudited, item->promise.propensity, loss);
        out.log_e = alarm.log_e();
        out.log_change = change.log_level();
        out.course.push_back({reached, std::max(out.log_e / out.alarm_at, out.log_change / out.change_at)});
        if (!out.alarmed && (out.log_e >= out.alarm_at || out.log_change >= out.change_at)) {
            out.alarmed = true;
            out.by_change = out.log_e < out.alarm_at;
            const int64_t quiet = change.quiet_until();
            out.good_until = quiet == 0 ? 0 : out.course[static_cast<size_t>(quiet - 1)].number;
        }
    }
}

}  // namespace

AuditState watch(const Certification& certification, std::span<const DrawnItem> drawn, Ppm alarm) {
    const Audits audits = audits_of(certification, drawn);
    AuditState out;
    out.promised = certification.promised.items;
    out.drawn = static_cast<int64_t>(audits.size());
    for (const DrawnItem* item : audits) {
        out.decided += is_decided(*item) ? 1 : 0;
        out.errors += item->finding == Finding::wrong ? 1 : 0;
    }
    out.error = error_by_strata(certification, audits);
    out.alarm_at = -stats::log(alarm.as_double());
    out.change_at = stats::log(kAuditsPerFalseAlarm);
    follow(out, audits, certification.certified.max_error.as_double());
    return out;
}

TierClosed closing(const Certification& certification, const AuditState& state, TierClosedBy by, std::string audit_key,
                   std::string words) {
    TierClosed out;
    out.tier = certification.certified.tier;
    out.model = certification.certified.model;
    out.certificate = certification.certified.serial;
    out.by = by;
    out.approved = state.promised;
    out.audited = state.decided;
    out.errors = state.errors;
    if (by == TierClosedBy::alarm) {
        out.good_until = state.good_until;
    }
    out.audit_key = std::move(audit_key);
    out.words = std::move(words);
    return out;
}

}  // namespace countersign::tiers

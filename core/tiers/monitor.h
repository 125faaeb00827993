#pragma once
// The audit of what a certificate approved: how many are wrong, whether that has become too many, and since when.
//
// The alarm bets on the audited items in the order in which people decided them, and on every approved item that was
// not drawn (core/audit/alarm.h, WeightedAlarm): it may be looked at after each decision, and closes a tier whose
// promise holds with probability at most TierPromise::alarm, ever. That audits are decided in another order than their
// items arrived in is not quite what its proof assumes; it matters only if wrong ones are decided systematically
// sooner.

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "core/audit/estimate.h"
#include "core/policy/policy.h"
#include "core/tiers/board.h"
#include "core/tiers/drawn.h"

namespace countersign::tiers {

struct AuditPoint {
    int64_t number = 0;  // of the approved item up to which this was known
    double log_e = 0;    // the evidence against the promise; the alarm is at log(1/alarm)
};

struct AuditState {
    int64_t promised = 0;  // items that the certificate promised about
    int64_t drawn = 0;     // of them, for people
    int64_t decided = 0;
    int64_t errors = 0;
    audit::Estimate error;           // by strata, smoothed (docs/certificates.md), at 95 %
    std::vector<AuditPoint> course;  // after each decision
    double alarm_at = 0;             // log_e
    bool alarmed = false;
    int64_t good_until = 0;  // when alarmed: the number of the last item before the evidence began to rise
};

// `drawn`: of the certificate's tier and model; others than its audits are passed over.
AuditState watch(const Certification& certification, std::span<const DrawnItem> drawn, Ppm alarm);

// What the log is told when the alarm closes the tier, or a person does. `audit_key`: core/tiers/keys.h.
TierClosed closing(const Certification& certification, const AuditState& state, TierClosedBy by, std::string audit_key,
                   std::string words);

}  // namespace countersign::tiers

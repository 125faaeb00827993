#pragma once
// The audit of what a certificate approved: how many are wrong, whether that has become too many, and since when.
//
// Two alarms look at the audited items in the order in which people decided them, and at every approved item that was
// not drawn (core/audit/alarm.h). WeightedAlarm asks whether the promise holds over all that was approved: it closes a
// tier whose promise holds with probability at most TierPromise::alarm, ever. WeightedChangeAlarm sees what becomes
// worse after a good while, where the other's capital has shrunk: it closes such a tier no oftener than once in
// kAuditsPerFalseAlarm audits on average. Both may be looked at after each decision. That audits are decided in another
// order than their items arrived in is not quite what the proofs assume; it matters only if wrong ones are decided
// systematically sooner.

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "core/audit/estimate.h"
#include "core/policy/policy.h"
#include "core/tiers/board.h"
#include "core/tiers/drawn.h"

namespace countersign::tiers {

inline constexpr double kAuditsPerFalseAlarm = 10'000;

struct AuditPoint {
    int64_t number = 0;   // of the approved item up to which this was known
    double nearness = 0;  // of the nearer alarm, as a share of its logarithm; 1 is the alarm
};

struct AuditState {
    int64_t promised = 0;  // items that the certificate promised about
    int64_t drawn = 0;     // of them, for people
    int64_t decided = 0;
    int64_t errors = 0;
    audit::Estimate error;           // by strata, smoothed (docs/certificates.md), at 95 %
    std::vector<AuditPoint> course;  // after each decision
    double log_e = 0;                // the evidence against the promise, in nats
    double alarm_at = 0;             // of it
    double log_change = 0;           // the evidence of a change
    double change_at = 0;            // of it
    bool alarmed = false;
    bool by_change = false;  // the second alarm went off and not the first
    int64_t good_until = 0;  // when alarmed: the number of the last item before the evidence began to rise
};

// `drawn`: of the certificate's tier and model; others than its audits are passed over.
AuditState watch(const Certification& certification, std::span<const DrawnItem> drawn, Ppm alarm);

// What the log is told when the alarm closes the tier, or a person does. `audit_key`: core/tiers/keys.h.
TierClosed closing(const Certification& certification, const AuditState& state, TierClosedBy by, std::string audit_key,
                   std::string words);

}  // namespace countersign::tiers

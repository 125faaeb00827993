#pragma once
// What became of an automatic tier's promise when an item was routed to that tier (core/tiers decides it). Everything
// that estimates and alarms need later is recorded here, at the moment of the decision: with which probability the item
// was drawn, and by which certificate it was approved.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/ppm.h"

namespace countersign {

enum class PromiseOutcome : uint8_t {
    evidence,  // drawn, whatever its confidence: people review it, and the next certificate rests on what they find
    closed,    // no certificate holds: people review it
    below,     // less sure than the certificate asks for: people review it
    approved,  // without a person
    audited,   // sure enough to be approved, and drawn: people review it as if it were any other
};

std::string_view promise_outcome_name(PromiseOutcome outcome);
std::optional<PromiseOutcome> promise_outcome_from_name(std::string_view name);

// Whether what people find about it counts as evidence or audit.
constexpr bool is_drawn(PromiseOutcome outcome) {
    return outcome == PromiseOutcome::evidence || outcome == PromiseOutcome::audited;
}

// Whether it is one of the items that a certificate promises about.
constexpr bool is_promised(PromiseOutcome outcome) {
    return outcome == PromiseOutcome::approved || outcome == PromiseOutcome::audited;
}

struct PromiseTaken {
    std::string tier;  // the automatic one; the route has the tier that the item is in
    PromiseOutcome outcome = PromiseOutcome::closed;
    // With which an item like this is drawn: for the audit if it is promised, as evidence otherwise.
    Ppm propensity;
    // Of promised ones: by which certificate (TierCertified::serial), the how manieth of it, 1, 2, 3 ..., and how risky
    // (core/audit/strata.h).
    int64_t certificate = 0;
    int64_t number = 0;
    int32_t stratum = 0;

    bool operator==(const PromiseTaken&) const = default;
};

}  // namespace countersign

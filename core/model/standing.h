#pragma once
// What a recorded decision counts for. Every decision has exactly one standing at any time, with the reason; it is
// derived from the item's events by resolve() (core/workflow) and never stored as a fact. Source: reference
// sync.md, 3.7.

#include <cstdint>
#include <string_view>

namespace countersign {

enum class DecisionStanding : uint8_t {
    effective,    // counts
    extra,        // kept as a further opinion: for agreement and for a second look, not for the outcome
    reconfirm,    // given back to its author, prefilled, because what was decided on has changed
    withdrawn,    // taken back by its author
    superseded,   // replaced by a later decision of its author
    quarantined,  // recorded without effect until a lead admits or rejects it
};

enum class StandingReason : uint8_t {
    none,
    late,                 // the lease had run out, the slot was nobody else's: counts
    passed_on,            // the slot went to somebody else, who has not decided
    lower_fence,          // the slot went to somebody else, who has decided
    no_free_slot,         // as many as are needed decided under leases
    policy_changed,       // decided by an older policy, and what the present one demands is there: counts
    lacks_for_policy,     // the present policy demands more
    prediction_replaced,  // the prediction that was looked at is no longer the item's
    item_withdrawn,       // the item was taken out before
    item_auto_approved,   // the item went through without a person before
    item_closed,          // the item's outcome was final before
    decided_twice,        // another decision of the same person stands against it: which holds?
    said_again,           // the same person had said the same
    rejected_by_lead,     // a lead looked at it and did not admit it
};

std::string_view standing_name(DecisionStanding standing);
std::string_view standing_reason_name(StandingReason reason);

}  // namespace countersign

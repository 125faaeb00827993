#include "core/model/standing.h"

#include <cstddef>

namespace countersign {

namespace {

constexpr std::string_view kStandings[] = {"effective", "extra", "reconfirm", "withdrawn", "superseded", "quarantined"};

constexpr std::string_view kReasons[] = {"none",
                                         "late",
                                         "passed_on",
                                         "lower_fence",
                                         "no_free_slot",
                                         "policy_changed",
                                         "lacks_for_policy",
                                         "prediction_replaced",
                                         "item_withdrawn",
                                         "item_auto_approved",
                                         "item_closed",
                                         "decided_twice",
                                         "said_again",
                                         "rejected_by_lead"};

}  // namespace

std::string_view standing_name(DecisionStanding standing) {
    return kStandings[static_cast<size_t>(standing)];
}

std::string_view standing_reason_name(StandingReason reason) {
    return kReasons[static_cast<size_t>(reason)];
}

}  // namespace countersign

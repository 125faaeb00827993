#include "core/model/event.h"

namespace countersign {

std::string_view event_type(const EventBody& body) {
    static constexpr std::string_view kNames[] = {
        "project_created",    "policy_activated", "epoch_started",       "stream_opened",         "stream_forked",
        "rights_revoked",     "rights_restored",  "work_lost",           "item_ingested",         "prediction_added",
        "item_assigned",      "lease_granted",    "lease_renewed",       "lease_ended",           "review_submitted",
        "review_withdrawn",   "note_added",       "operation_refused",   "operation_quarantined", "operation_repeated",
        "quarantine_settled", "item_closed",      "contradiction_found", "subject_erased"};
    static_assert(std::size(kNames) == std::variant_size_v<EventBody>);
    return kNames[body.index()];
}

}  // namespace countersign

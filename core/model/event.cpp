#include "core/model/event.h"

namespace countersign {

std::string_view event_type(const EventBody& body) {
    static constexpr std::string_view kNames[] = {
        "project_created",       "policy_activated",    "epoch_started",
        "stream_opened",         "stream_forked",       "rights_revoked",
        "rights_restored",       "work_lost",           "item_ingested",
        "prediction_added",      "item_assigned",       "lease_granted",
        "lease_renewed",         "lease_ended",         "review_submitted",
        "review_withdrawn",      "note_added",          "operation_refused",
        "operation_quarantined", "operation_repeated",  "quarantine_settled",
        "item_closed",           "contradiction_found", "subject_erased",
        "calibration_chosen",    "tier_certified",      "tier_closed",
        "item_rerouted",         "policy_proposed",     "policy_change_withdrawn",
        "policy_approved"};
    static_assert(std::size(kNames) == std::variant_size_v<EventBody>);
    return kNames[body.index()];
}

const RouteTaken* route_set_by(const EventBody& body) {
    if (const auto* ingested = std::get_if<ItemIngested>(&body)) {
        return &ingested->route;
    }
    if (const auto* added = std::get_if<PredictionAdded>(&body)) {
        return added->route ? &*added->route : nullptr;
    }
    const auto* rerouted = std::get_if<ItemRerouted>(&body);
    return rerouted == nullptr ? nullptr : &rerouted->route;
}

}  // namespace countersign

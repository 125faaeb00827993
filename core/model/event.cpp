#include "core/model/event.h"

namespace countersign {

std::string_view event_type(const EventBody& body) {
    static constexpr std::string_view kNames[] = {"project_created",  "policy_activated",  "item_ingested",
                                                  "prediction_added", "item_assigned",     "review_submitted",
                                                  "review_withdrawn", "operation_refused", "note_added"};
    static_assert(std::size(kNames) == std::variant_size_v<EventBody>);
    return kNames[body.index()];
}

}  // namespace countersign

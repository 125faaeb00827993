// What leads do to an item: close it, and say what becomes of operations that wait for them.

#include <algorithm>

#include "core/base/concat.h"
#include "core/workflow/decide_parts.h"

namespace countersign::workflow {

Decision decide_close(const ItemState& state, const CloseItem& command) {
    if (state.closed == command.as) {
        return std::vector<EventBody>{};
    }
    if (command.as == ClosedAs::final && state.resolution.status != ItemStatus::resolved) {
        return fail(
            ErrorCode::failed_precondition,
            concat("only what is resolved can be made final; the item is ", item_status_name(state.resolution.status)),
            "item");
    }
    return std::vector<EventBody>{ItemClosed{command.as}};
}

Decision decide_settle(const ItemState& state, const SettleQuarantine& command) {
    const auto found = std::find_if(state.reviews.begin(), state.reviews.end(),
                                    [&](const Review& review) { return review.id == command.id; });
    if (found != state.reviews.end() && !found->quarantined) {
        return std::vector<EventBody>{};  // settled already
    }
    return std::vector<EventBody>{QuarantineSettled{command.operation, command.id, command.admit, command.text}};
}

}  // namespace countersign::workflow

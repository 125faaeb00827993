#include "core/tiers/drawn.h"

namespace countersign::tiers {

std::optional<DrawnItem> drawn_item(const ItemState& state) {
    if (!state.known() || !state.route().promise || !is_drawn(state.route().promise->outcome)) {
        return std::nullopt;
    }
    DrawnItem out;
    out.id = state.id;
    out.promise = *state.route().promise;
    out.policy = state.route().policy;
    out.model = state.current().model;
    out.confidence = state.current().confidence;
    out.error_probability.value = kCertain.value - state.route().calibrated.value_or(out.confidence).value;
    out.arrived = state.ingested_at;
    const Resolution& found = state.resolution;
    if (found.status == ItemStatus::resolved) {
        const bool right = found.verdict != Verdict::reject && found.label == state.current().label;
        out.finding = right ? Finding::right : Finding::wrong;
        out.decided = found.decided_at;
    } else if (found.status == ItemStatus::withdrawn) {
        out.finding = Finding::dropped;
    }
    return out;
}

}  // namespace countersign::tiers

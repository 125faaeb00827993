#pragma once
// An item that was drawn, as evidence or for an audit, and what people found about it.

#include <cstdint>
#include <optional>

#include "core/model/item_state.h"

namespace countersign::tiers {

enum class Finding : uint8_t {
    waits,    // for people
    right,    // they came to what the model had said
    wrong,    // to something else, or that no label fits
    dropped,  // taken out or erased before anybody had decided: nothing is known, and nothing will be
};

struct DrawnItem {
    ItemId id;
    PromiseTaken promise;
    Digest policy;  // that it was routed under
    ModelId model;
    Ppm confidence;         // as the model stated it
    Ppm error_probability;  // as it was calibrated when it was routed
    Instant arrived;
    Finding finding = Finding::waits;
    Instant decided;  // when right or wrong
};

// Nothing for an item that was not drawn. `state` is resolved.
std::optional<DrawnItem> drawn_item(const ItemState& state);

}  // namespace countersign::tiers

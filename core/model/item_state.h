#pragma once
// All that is known of one item, folded from its events by apply() (core/workflow). Never stored, always computed.

#include <optional>
#include <string_view>
#include <vector>

#include "core/model/event.h"

namespace countersign {

enum class ItemStatus : uint8_t {
    unknown,        // no event yet
    open,           // waits for a reviewer
    escalated,      // waits for somebody else: asked for, or reviewers disagree
    auto_approved,  // went through without a person
    resolved,       // decided
    withdrawn,      // taken out
};

std::string_view item_status_name(ItemStatus status);
std::optional<ItemStatus> item_status_from_name(std::string_view name);

// Whether people have something to do: what devices must have.
constexpr bool waits_for_people(ItemStatus status) {
    return status == ItemStatus::open || status == ItemStatus::escalated;
}

// What an item's reviews add up to. Derived, never typed in (core/workflow/resolve.h).
struct Resolution {
    ItemStatus status = ItemStatus::unknown;
    Verdict verdict = Verdict::accept;   // when resolved
    LabelId label;                       // the label that holds; empty when rejected or open
    std::vector<OperationId> effective;  // the reviews that count
    Instant decided_at;
};

// The newest lease of one of the item's slots.
struct SlotState {
    Fence fence;
    ActorId holder;
    StreamId stream;
    Instant expires;
    bool offline = false;
    bool ended = true;  // given back, taken away, or never granted

    bool runs(Instant now) const { return !ended && expires > now; }
};

struct Note {
    OperationId id;
    ActorId author;
    Digest text;  // commitment
    Instant recorded_at;
};

struct ItemState {
    ItemId id;
    Digest document;
    std::vector<Prediction> predictions;  // in order of arrival; the last is the current one
    std::vector<RouteTaken> routes;       // the one in force since each prediction
    std::vector<Review> reviews;          // in order of arrival
    std::vector<Note> notes;              // likewise
    std::vector<SlotState> slots;         // as many as were ever granted
    std::optional<ClosedAs> closed;
    bool contradicted = false;  // since it went through without a person
    Instant ingested_at;
    EventSeq last_seq = 0;
    Resolution resolution;

    bool known() const { return !predictions.empty(); }

    const Prediction& current() const { return predictions.back(); }

    const RouteTaken& route() const { return routes.back(); }

    // Where the item was when this prediction was the current one; nullptr when it has no such prediction.
    const Prediction* prediction(const Digest& digest) const;
    const RouteTaken* route_at(const Digest& prediction) const;
};

// SHA-256 over the canonical bytes of a prediction: how reviews name what they saw, and how re-imports are recognised.
Digest prediction_digest(const Prediction& prediction);

}  // namespace countersign

// Leases: who works on an item, and for how long. They plan and warn; what a decision counts for is resolve()'s matter.

#include <algorithm>

#include "core/base/concat.h"
#include "core/workflow/adjudicate.h"
#include "core/workflow/decide_parts.h"

namespace countersign::workflow {

namespace {

constexpr Duration kLongestLease{14 * kDay_us};

// The slots that somebody may have: those of the route; where reviewers disagree, an adjudicator has one more, so that
// nobody's decision gives way to his by its fence.
struct Slots {
    uint32_t begin = 0;
    uint32_t end = 0;
};

Slots slots_for(const ItemState& state, const ActorId& person) {
    const uint32_t reviewers = state.route().reviewers;
    return may_adjudicate(state, person) ? Slots{reviewers, reviewers + 1} : Slots{0, reviewers};
}

// The slot that this holder has already, a free one, or the end.
uint32_t find_slot(const ItemState& state, const CommandContext& context, const StreamId& stream, const Slots& may) {
    const auto slots = static_cast<uint32_t>(state.slots.size());
    for (uint32_t slot = 0; slot < slots; ++slot) {
        const SlotState& one = state.slots[slot];
        if (one.runs(context.now) && one.holder == context.actor && one.stream == stream) {
            return slot;
        }
    }
    for (uint32_t slot = may.begin; slot < may.end; ++slot) {
        if (slot >= slots || !state.slots[slot].runs(context.now)) {
            return slot;
        }
    }
    return may.end;
}

Error taken(const ItemState& state, Instant now) {
    std::string holders;
    for (const SlotState& slot : state.slots) {
        if (slot.runs(now)) {
            holders += concat(holders.empty() ? "'" : ", '", slot.holder.text, "'");
        }
    }
    return fail(ErrorCode::conflict, concat("somebody is working on this item: ", holders), "item");
}

}  // namespace

Decision decide_lease(const ItemState& state, const TakeLease& command, const CommandContext& context) {
    if (command.time.us <= 0 || command.time > kLongestLease) {
        return fail(ErrorCode::invalid_argument, concat("a lease lasts at most ", to_text(kLongestLease)), "for");
    }
    if (!waits_for_people(state.resolution.status)) {
        return fail(ErrorCode::failed_precondition,
                    concat("the item waits for nobody: it is ", item_status_name(state.resolution.status)), "item");
    }
    const Slots may = slots_for(state, context.actor);
    const uint32_t slot = find_slot(state, context, command.stream, may);
    if (slot == may.end) {
        return taken(state, context.now);
    }
    const Fence last = slot < state.slots.size() ? state.slots[slot].fence : Fence{};
    const Instant expires = context.now + command.time;
    const bool renews = slot < state.slots.size() && state.slots[slot].runs(context.now);
    if (renews) {
        return std::vector<EventBody>{LeaseRenewed{{slot, last}, std::max(expires, state.slots[slot].expires)}};
    }
    const Fence fence = last.epoch == context.epoch ? Fence{last.epoch, last.count + 1} : Fence{context.epoch, 1};
    return std::vector<EventBody>{LeaseGranted{{slot, fence}, context.actor, command.stream, expires, command.offline}};
}

Decision decide_end_lease(const ItemState& state, const EndLease& command, const CommandContext& context) {
    const uint32_t slot = command.lease.slot;
    if (slot >= state.slots.size() || state.slots[slot].fence != command.lease.fence || state.slots[slot].ended) {
        return std::vector<EventBody>{};  // over already
    }
    if (!command.revoke && state.slots[slot].holder != context.actor) {
        return fail(ErrorCode::forbidden, concat("the lease is '", state.slots[slot].holder.text, "'s"), "lease");
    }
    return std::vector<EventBody>{LeaseEnded{command.lease, command.revoke}};
}

}  // namespace countersign::workflow

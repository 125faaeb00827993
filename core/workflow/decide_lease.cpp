// Leases: who works on an item, and for how long. They plan and warn; what a decision counts for is resolve()'s matter.

#include <algorithm>

#include "core/base/concat.h"
#include "core/workflow/decide_parts.h"

namespace countersign::workflow {

namespace {

constexpr Duration kLongestLease{14 * kDay_us};

// The slot that this holder has already, a free one, or the number of slots.
uint32_t find_slot(const ItemState& state, const CommandContext& context, const StreamId& stream) {
    const auto slots = static_cast<uint32_t>(state.slots.size());
    for (uint32_t slot = 0; slot < slots; ++slot) {
        const SlotState& one = state.slots[slot];
        if (one.runs(context.now) && one.holder == context.actor && one.stream == stream) {
            return slot;
        }
    }
    for (uint32_t slot = 0; slot < state.route().reviewers; ++slot) {
        if (slot >= slots || !state.slots[slot].runs(context.now)) {
            return slot;
        }
    }
    return state.route().reviewers;
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
    const uint32_t slot = find_slot(state, context, command.stream);
    if (slot >= state.route().reviewers) {
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

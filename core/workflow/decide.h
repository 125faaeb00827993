#pragma once
// decide(): what a command does to an item, as events, or why it does nothing. The same code runs on the device, at
// once and provisionally, and on the server, where it counts.
//
// Contract: pure. Lateness is no reason to refuse: an item that was resolved meanwhile takes a further review, and the
// resolution says what it counts for. Refused is only what has no meaning or lacks what the policy demands.
// Errors: not_found, conflict, failed_precondition (with everything that is missing), invalid_argument.

#include <vector>

#include "core/base/result.h"
#include "core/model/command.h"
#include "core/model/item_state.h"
#include "core/model/shortfall.h"
#include "core/policy/policy.h"

namespace countersign {

Result<std::vector<EventBody>> decide(const ItemState& state, const Policy& policy, const CommandBody& command,
                                      const CommandContext& context);

// All that keeps this draft from being submitted: verdict and label, checklist, rationale. The desk asks this on every
// change of the form, decide() before it accepts. `text_length`: code points of the reviewed text, 0 if not known.
std::vector<Shortfall> review_shortfalls(const ItemState& state, const Policy& policy, const ReviewDraft& draft,
                                         size_t text_length);

// How long a claim keeps an item marked as somebody's.
inline constexpr Duration kClaimTime{30 * kMinute_us};

}  // namespace countersign

#pragma once
// decide(): what a command does to an item, as events, or why it does nothing. The same code runs on the device, at
// once and provisionally, and on the server, where it counts.
//
// Contract: pure. Lateness is no reason to refuse: whatever an item has become meanwhile, the review is taken, with
// what is to be said about it (Judged), and resolve() says what it counts for. Refused is only what has no meaning or
// lacks what the reviewer was asked for; a server records that, too (core/api/submit.h). Errors: not_found, conflict,
// failed_precondition (with everything that is missing), invalid_argument.

#include <vector>

#include "core/base/result.h"
#include "core/json/json.h"
#include "core/model/command.h"
#include "core/model/item_state.h"
#include "core/model/shortfall.h"
#include "core/policy/policy.h"

namespace countersign {

// By which policies a review is judged: the one that its author saw, and the one that the item is under now.
struct JudgingPolicies {
    explicit JudgingPolicies(const Policy& both) : seen(both), now(both) {}

    JudgingPolicies(const Policy& seen_policy, const Policy& now_policy) : seen(seen_policy), now(now_policy) {}

    const Policy& seen;
    const Policy& now;
};

Result<std::vector<EventBody>> decide(const ItemState& state, const JudgingPolicies& policies,
                                      const CommandBody& command, const CommandContext& context);

// All that keeps this draft from being submitted: verdict and label, checklist, rationale. The desk asks this on every
// change of the form, decide() before it accepts.
std::vector<Shortfall> review_shortfalls(const ItemState& state, const Policy& policy, const ReviewDraft& draft,
                                         const Json& document);

// Which questions of the item's checklist are asked with these answers (core/checklist/shown.h); empty without one.
std::vector<bool> questions_shown(const ItemState& state, const Policy& policy, const ReviewDraft& draft,
                                  const Json& document);

// Who claims to have decided later than this from now has a clock that is wrong. Source: reference sync.md, 3.8.
inline constexpr Duration kClockTolerance{5 * kMinute_us};

}  // namespace countersign

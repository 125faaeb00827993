#pragma once
// decide() by family of commands, one source each. Not for use outside this folder.

#include "core/workflow/decide.h"

namespace countersign::workflow {

using Decision = Result<std::vector<EventBody>>;

Decision decide_ingest(const ItemState& state, const Policy& policy, const IngestPrediction& command,
                       const CommandContext& context);
Decision decide_lease(const ItemState& state, const TakeLease& command, const CommandContext& context);
Decision decide_end_lease(const ItemState& state, const EndLease& command, const CommandContext& context);
Decision decide_review(const ItemState& state, const JudgingPolicies& policies, const SubmitReview& command,
                       const CommandContext& context);
Decision decide_note(const ItemState& state, const AddNote& command, const CommandContext& context);
Decision decide_withdraw(const ItemState& state, const WithdrawReview& command, const CommandContext& context);
Decision decide_close(const ItemState& state, const CloseItem& command);
Decision decide_place_anew(const ItemState& state, const Policy& policy, const PlaceAnew& command,
                           const CommandContext& context);
Decision decide_settle(const ItemState& state, const SettleQuarantine& command);

}  // namespace countersign::workflow

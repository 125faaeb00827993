#include "core/workflow/decide.h"

#include "core/base/concat.h"
#include "core/workflow/decide_parts.h"

namespace countersign {

namespace {

struct Decide {
    const ItemState& state;
    const JudgingPolicies& policies;
    const CommandContext& context;

    workflow::Decision operator()(const IngestPrediction& command) const {
        return workflow::decide_ingest(state, policies.now, command, context);
    }

    workflow::Decision operator()(const TakeLease& command) const {
        return workflow::decide_lease(state, command, context);
    }

    workflow::Decision operator()(const EndLease& command) const {
        return workflow::decide_end_lease(state, command, context);
    }

    workflow::Decision operator()(const SubmitReview& command) const {
        return workflow::decide_review(state, policies, command, context);
    }

    workflow::Decision operator()(const AddNote& command) const {
        return workflow::decide_note(state, command, context);
    }

    workflow::Decision operator()(const WithdrawReview& command) const {
        return workflow::decide_withdraw(state, command, context);
    }

    workflow::Decision operator()(const CloseItem& command) const { return workflow::decide_close(state, command); }

    workflow::Decision operator()(const PlaceAnew& command) const {
        return workflow::decide_place_anew(state, policies.now, command, context);
    }

    workflow::Decision operator()(const SettleQuarantine& command) const {
        return workflow::decide_settle(state, command);
    }

    workflow::Decision operator()(const UnknownCommand& command) const {
        return fail(ErrorCode::unimplemented,
                    concat("the operation type '", command.type, "' is not known to this version"), "type");
    }
};

}  // namespace

Result<std::vector<EventBody>> decide(const ItemState& state, const JudgingPolicies& policies,
                                      const CommandBody& command, const CommandContext& context) {
    if (!state.known() && !std::holds_alternative<IngestPrediction>(command)) {
        return fail(ErrorCode::not_found, concat("there is no item '", state.id.text, "' in this project"), "item");
    }
    return std::visit(Decide{state, policies, context}, command);
}

}  // namespace countersign

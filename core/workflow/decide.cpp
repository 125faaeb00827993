#include "core/workflow/decide.h"

#include "core/base/concat.h"
#include "core/workflow/decide_parts.h"

namespace countersign {

namespace {

struct Decide {
    const ItemState& state;
    const Policy& policy;
    const CommandContext& context;

    workflow::Decision operator()(const IngestPrediction& command) const {
        return workflow::decide_ingest(state, policy, command, context);
    }

    workflow::Decision operator()(const ClaimItem&) const { return workflow::decide_claim(state, context); }

    workflow::Decision operator()(const SubmitReview& command) const {
        return workflow::decide_review(state, policy, command, context);
    }

    workflow::Decision operator()(const AddNote& command) const {
        return workflow::decide_note(state, command, context);
    }

    workflow::Decision operator()(const WithdrawReview& command) const {
        return workflow::decide_withdraw(state, command, context);
    }
};

}  // namespace

Result<std::vector<EventBody>> decide(const ItemState& state, const Policy& policy, const CommandBody& command,
                                      const CommandContext& context) {
    if (!state.known() && !std::holds_alternative<IngestPrediction>(command)) {
        return fail(ErrorCode::not_found, concat("there is no item '", state.id.text, "' in this project"), "item");
    }
    return std::visit(Decide{state, policy, context}, command);
}

}  // namespace countersign

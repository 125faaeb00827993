#include "core/base/concat.h"
#include "core/json/json.h"
#include "core/routing/route.h"
#include "core/workflow/decide_parts.h"

namespace countersign::workflow {

Decision decide_ingest(const ItemState& state, const Policy& policy, const IngestPrediction& command,
                       const CommandContext& context) {
    CS_TRY_STATUS(check_label(policy, command.prediction.label));
    for (const Prediction& known : state.predictions) {
        if (known.model != command.prediction.model) {
            continue;
        }
        // Idempotent by item and model: the same again is no news, something else under the same names is a mistake.
        if (known == command.prediction) {
            return std::vector<EventBody>{};
        }
        return fail(ErrorCode::conflict,
                    concat("model '", known.model.text, "' already predicted '", known.label.text,
                           "' for this item; give a changed prediction a new model version"),
                    "prediction.model");
    }
    const Json document = CS_TRY(parse_json(command.document_text));
    RouteTaken taken = route(policy, RoutedItem{state.id.text, &document}, command.prediction, context.now);
    if (!state.known()) {
        return std::vector<EventBody>{ItemIngested{command.document, command.prediction, std::move(taken)}};
    }
    // An item that people have decided stays where it is; the new prediction is recorded beside it.
    PredictionAdded added{command.prediction, std::nullopt};
    if (state.reviews.empty() && taken != state.route()) {
        added.route = std::move(taken);
    }
    return std::vector<EventBody>{std::move(added)};
}

}  // namespace countersign::workflow

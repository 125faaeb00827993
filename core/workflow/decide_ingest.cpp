#include <algorithm>

#include "core/base/concat.h"
#include "core/json/json.h"
#include "core/routing/route.h"
#include "core/tiers/place.h"
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
    const tiers::TierBoard none;
    const tiers::TierBoard& board = context.tiers == nullptr ? none : *context.tiers;
    const RoutedItem routed{state.id.text, &document, board.calibrated(command.prediction)};
    RouteTaken taken =
        tiers::place({policy, board, context.tier_secret, context.now},
                     route(policy, routed, command.prediction, context.now), state.id, command.prediction);
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

Decision decide_place_anew(const ItemState& state, const Policy& policy, const PlaceAnew& command,
                           const CommandContext& context) {
    CS_CHECK(context.tiers != nullptr);
    const tiers::Placing by{policy, *context.tiers, context.tier_secret, context.now};
    const bool worked_on = std::any_of(state.slots.begin(), state.slots.end(),
                                       [&](const SlotState& slot) { return slot.runs(context.now); });
    std::optional<RouteTaken> anew;
    if (command.closed && state.resolution.status == ItemStatus::auto_approved) {
        anew = tiers::take_back(by, state, *command.closed);
    } else if (!command.closed && state.resolution.status == ItemStatus::open && state.reviews.empty() && !worked_on) {
        anew = tiers::place_again(by, state);
    }
    if (!anew) {
        return std::vector<EventBody>{};
    }
    const ReroutedBy why = command.closed ? ReroutedBy::closed : ReroutedBy::opened;
    return std::vector<EventBody>{ItemRerouted{std::move(*anew), why}};
}

}  // namespace countersign::workflow

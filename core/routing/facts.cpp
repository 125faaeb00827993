#include "core/routing/facts.h"

#include "core/base/concat.h"

namespace countersign {

namespace {

using rules::Value;

// "input" or "metadata". Where the policy declares fields, conditions see these and nothing else: what an item carries
// besides is for people to read, and no reason to stop it.
Status fill_part(rules::Activation& activation, uint32_t slot, const Json* json) {
    return json == nullptr ? success() : activation.set_json(slot, *json, rules::Undeclared::ignored);
}

Status fill_scores(rules::Activation& activation, uint32_t slot, const std::vector<Score>& scores) {
    rules::MapEntry* entries = activation.arena().entries(scores.size());
    for (size_t i = 0; i < scores.size(); ++i) {
        entries[i] = {Value::string(scores[i].label.text), Value::float64(scores[i].score.as_double())};
    }
    Value twice;
    if (rules::sort_entries({entries, scores.size()}, &twice) == nullptr) {
        return fail(ErrorCode::invalid_argument, concat("has the name \"", twice.as_text(), "\" twice"),
                    "prediction.scores");
    }
    activation.set(slot, Value::map({entries, scores.size()}));
    return success();
}

}  // namespace

std::string_view text_at(const Json& document, std::string_view path) {
    const Json* at = document.at_path(path);
    return at == nullptr || at->string() == nullptr ? std::string_view() : std::string_view(*at->string());
}

FactSlots::FactSlots(const rules::Environment& environment) {
    const auto slot = [&](std::string_view path) { return environment.slot_of(path).value(); };
    label = slot("prediction.label");
    model = slot("prediction.model");
    confidence = slot("prediction.confidence");
    margin = slot("prediction.margin");
    calibrated = slot("prediction.calibrated");
    scores = slot("prediction.scores");
    id = slot("item.id");
    text = slot("item.text");
    input = slot("item.input");
    metadata = slot("item.metadata");
}

Status fill_facts(rules::Activation& activation, const FactSlots& slots, const Policy& policy, const RoutedItem& item,
                  const Prediction& prediction) {
    const Ppm calibrated = item.calibrated.value_or(prediction.confidence);
    activation.set(slots.label, Value::string(prediction.label.text));
    activation.set(slots.model, Value::string(prediction.model.text));
    activation.set(slots.confidence, Value::float64(prediction.confidence.as_double()));
    activation.set(slots.margin, Value::float64(prediction.margin().as_double()));
    activation.set(slots.calibrated, Value::float64(calibrated.as_double()));
    CS_TRY_STATUS(fill_scores(activation, slots.scores, prediction.scores));
    activation.set(slots.id, Value::string(item.id));
    if (item.document == nullptr) {
        return success();
    }
    activation.set(slots.text, Value::string(text_at(*item.document, policy.interface.text)));
    CS_TRY_STATUS(fill_part(activation, slots.input, item.document->find("input")));
    return fill_part(activation, slots.metadata, item.document->find("metadata"));
}

}  // namespace countersign

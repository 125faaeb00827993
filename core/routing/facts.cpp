#include "core/routing/facts.h"

#include "core/base/concat.h"

namespace countersign {

namespace {

using rules::Value;

void set_double(rules::Activation& activation, std::string_view path, Ppm value) {
    activation.set(activation.environment().slot_of(path).value(), Value::float64(value.as_double()));
}

void set_text(rules::Activation& activation, std::string_view path, std::string_view value) {
    activation.set(activation.environment().slot_of(path).value(), Value::string(value));
}

// "input" or "metadata". Where the policy declares fields, conditions see these and nothing else: what an item carries
// besides is for people to read, and no reason to stop it.
Status fill_part(rules::Activation& activation, const Policy& policy, std::string_view part, const Json& json) {
    const auto declared = policy.item_schema.lower_bound(concat(part, '.'));
    if (declared == policy.item_schema.end() || !declared->first.starts_with(part) || json.object() == nullptr) {
        return activation.set_json(concat("item.", part), json);
    }
    JsonObject known;
    for (const auto& [name, value] : *json.object()) {
        if (policy.item_schema.contains(concat(part, '.', name))) {
            known.emplace_back(name, value);
        }
    }
    return activation.set_json(concat("item.", part), Json(std::move(known)));
}

}  // namespace

std::string_view text_at(const Json& document, std::string_view path) {
    const Json* at = document.at_path(path);
    return at == nullptr || at->string() == nullptr ? std::string_view() : std::string_view(*at->string());
}

Status fill_facts(rules::Activation& activation, const Policy& policy, const RoutedItem& item,
                  const Prediction& prediction) {
    set_text(activation, "prediction.label", prediction.label.text);
    set_text(activation, "prediction.model", prediction.model.text);
    set_double(activation, "prediction.confidence", prediction.confidence);
    set_double(activation, "prediction.margin", prediction.margin());
    set_double(activation, "prediction.calibrated", item.calibrated.value_or(prediction.confidence));
    JsonObject scores;
    for (const Score& score : prediction.scores) {
        scores.emplace_back(score.label.text, Json(JsonNumber{score.score.as_double(), to_decimal(score.score)}));
    }
    CS_TRY_STATUS(activation.set_json("prediction.scores", Json(std::move(scores))));
    set_text(activation, "item.id", item.id);
    if (item.document == nullptr) {
        return success();
    }
    set_text(activation, "item.text", text_at(*item.document, policy.interface.text));
    for (const std::string_view part : {"input", "metadata"}) {
        if (const Json* json = item.document->find(part)) {
            CS_TRY_STATUS(fill_part(activation, policy, part, *json));
        }
    }
    return success();
}

}  // namespace countersign

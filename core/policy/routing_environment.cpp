#include "core/policy/routing_environment.h"

namespace countersign {

namespace {

using rules::Field;
using rules::Type;

Type type_of(std::string_view name) {
    if (name == "int") {
        return rules::types::int64();
    }
    if (name == "double") {
        return rules::types::float64();
    }
    return name == "bool" ? rules::types::boolean() : rules::types::string();
}

// The fields that item_schema declares below "input." or "metadata."; without any, a map of whatever an item has.
// Declared fields may be absent from an item: has(item.metadata.channel) tells.
Type part_type(const Policy& policy, const std::string& part) {
    auto record = std::make_shared<rules::RecordType>();
    record->name = part;
    for (const auto& [path, type] : policy.item_schema) {
        if (path.starts_with(part + ".")) {
            record->fields.push_back({.name = path.substr(part.size() + 1), .type = type_of(type), .optional = true});
        }
    }
    return record->fields.empty() ? rules::types::map(rules::types::string(), rules::types::dyn())
                                  : rules::types::record(record);
}

Type item_type(const Policy& policy) {
    auto item = std::make_shared<rules::RecordType>();
    item->name = "item";
    item->fields = {{.name = "id", .type = rules::types::string()},
                    {.name = "text", .type = rules::types::string()},
                    {.name = "input", .type = part_type(policy, "input")},
                    {.name = "metadata", .type = part_type(policy, "metadata")}};
    return rules::types::record(item);
}

Type prediction_type(const Policy& policy) {
    auto prediction = std::make_shared<rules::RecordType>();
    prediction->name = "prediction";
    Field label{.name = "label", .type = rules::types::string()};
    for (const LabelDef& def : policy.labels) {
        label.choices.push_back(def.id.text);
    }
    prediction->fields = {
        std::move(label),
        {.name = "confidence", .type = rules::types::float64()},
        {.name = "margin", .type = rules::types::float64()},
        {.name = "scores", .type = rules::types::map(rules::types::string(), rules::types::float64())},
        {.name = "model", .type = rules::types::string()},
        {.name = "calibrated", .type = rules::types::float64()}};
    return rules::types::record(prediction);
}

}  // namespace

rules::Environment routing_environment(const Policy& policy) {
    return rules::Environment(
        {{.name = "item", .type = item_type(policy)}, {.name = "prediction", .type = prediction_type(policy)}});
}

}  // namespace countersign

#include "core/model/item_state.h"

#include "core/json/writer.h"
#include "core/model/prediction_json.h"

namespace countersign {

namespace {

constexpr std::string_view kStatusNames[] = {"unknown", "open", "escalated", "auto_approved", "resolved"};

}  // namespace

std::string_view item_status_name(ItemStatus status) {
    return kStatusNames[static_cast<size_t>(status)];
}

std::optional<ItemStatus> item_status_from_name(std::string_view name) {
    for (size_t i = 1; i < std::size(kStatusNames); ++i) {
        if (kStatusNames[i] == name) {
            return static_cast<ItemStatus>(i);
        }
    }
    return std::nullopt;
}

Digest prediction_digest(const Prediction& prediction) {
    JsonWriter writer(JsonWriter::Order::sorted);
    write_prediction(writer, prediction);
    return sha256(std::move(writer).take());
}

}  // namespace countersign

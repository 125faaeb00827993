#include "core/model/item_state.h"

#include <algorithm>

#include "core/json/writer.h"
#include "core/model/prediction_json.h"

namespace countersign {

namespace {

constexpr std::string_view kStatusNames[] = {"unknown", "open", "escalated", "auto_approved", "resolved", "withdrawn"};

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

const Prediction* ItemState::prediction(const Digest& digest) const {
    const auto found = std::find_if(predictions.begin(), predictions.end(),
                                    [&](const Prediction& one) { return prediction_digest(one) == digest; });
    return found == predictions.end() ? nullptr : &*found;
}

const RouteTaken* ItemState::route_at(const Digest& digest) const {
    const Prediction* found = prediction(digest);
    return found == nullptr ? nullptr : &routes[static_cast<size_t>(found - predictions.data())];
}

Digest prediction_digest(const Prediction& prediction) {
    JsonWriter writer(JsonWriter::Order::sorted);
    write_prediction(writer, prediction);
    return sha256(std::move(writer).take());
}

}  // namespace countersign

#pragma once
// An item of the store as screens show it: text, facts, labels, scores, why it is here.

#include <memory>
#include <string>
#include <vector>

#include "core/json/json.h"
#include "core/model/item_state.h"
#include "core/policy/policy.h"
#include "shell/models/common.h"
#include "shell/session/workplace.h"

namespace countersign::shell {

// An item with what it takes to show it: its state with this device's decisions, its document, the policy it was routed
// under.
struct LoadedItem {
    int64_t no = 0;
    ItemState state;
    Json document;
    std::string text;
    std::shared_ptr<const Policy> policy;
};

// not_found when it is not on this device, gone when it was erased.
Result<LoadedItem> load_item(const Workplace& work, const ItemId& id);

LabelModel label_model(const Policy& policy, const LabelId& id);
std::vector<LabelModel> label_models(const Policy& policy);
// The other labels' scores, best first, at most `most`.
std::vector<ScoreModel> other_scores(const LoadedItem& item, size_t most);
// "ben is at this item until 12:20 ...", or why somebody else is to have it; empty when nobody is.
std::string held_words(const Workplace& work, const ItemState& state);
RoutingModel routing_model(const Texts& texts, const LoadedItem& item, Instant now);
// "channel: web" for each field that the policy shows.
std::vector<std::string> fact_lines(const LoadedItem& item);
// The words that were committed to; empty where there are none, or they are not on this device.
std::string committed_text(store::Database& database, const std::optional<Digest>& commitment);

// The policy's guidance, a paragraph an entry.
std::vector<std::string> guidance_lines(const Policy& policy);

// The document's value at a path, in words; empty when it is not there.
std::string value_at(const Json& document, std::string_view path);

}  // namespace countersign::shell

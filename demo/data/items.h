#pragma once
// The demo's files: messages (Countersign's ingest form, without a prediction), truth, lists of ids.
//
//   item    {"id":..., "input":{"text":...}, "metadata":{...}, "label":...}   metadata and label may be absent
//   truth   {"id":..., "label":...}
//   ids     one id a line
// Other fields are allowed and ignored. No id may stand twice in a file.

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/json/json.h"
#include "demo/classifier/example.h"

namespace countersign::demo {

struct Item {
    std::string id;
    std::string text;
    Json input;  // as it came, passed on unchanged
    std::optional<Json> metadata;
    std::string label;  // empty when unknown
};

using Truth = std::map<std::string, std::string>;  // id to label

Result<std::vector<Item>> read_items(std::string_view name, std::string_view text);
Result<Truth> read_truth(std::string_view name, std::string_view text);
std::set<std::string> read_ids(std::string_view text);

// Which of the items: those in `only` (when given), without those in `except`.
struct Selection {
    std::optional<std::set<std::string>> only;
    std::set<std::string> except;
};

// The chosen items in their order. Errors: not_found when `only` or `except` names an id that no item has.
Result<std::vector<Item>> select(std::vector<Item> items, const Selection& selection);

// Items with their labels, from the truth where there is one. Errors: not_found for an item without a label.
Result<std::vector<Example>> with_labels(const std::vector<Item>& items, const Truth& truth);

}  // namespace countersign::demo

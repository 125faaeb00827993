#pragma once
// Tiers and their promises as rows: the board folded from the project's facts, the items that were drawn, how many
// items each certificate promised about.

#include <optional>
#include <string>
#include <vector>

#include "core/ports/entropy.h"
#include "core/store/projects.h"
#include "core/tiers/board.h"
#include "core/tiers/drawn.h"

namespace countersign::store {

Result<tiers::TierBoard> load_board(Database& database, const ProjectRow& project);

// core/tiers/keys.h; empty where the project has none yet.
Result<std::string> tier_secret(Database& database, const ProjectRow& project);
// Made where there is none.
Result<std::string> ensure_tier_secret(Database& database, const ProjectRow& project, Entropy& entropy);

// What the item's state says of its being drawn: a row, or none.
Status save_drawn(Database& database, const ProjectRow& project, int64_t item_no, const ItemState& state);
// An item was routed so: counts it, if a certificate promised about it.
Status count_promised(Database& database, const ProjectRow& project, const RouteTaken& route);

// Of a tier and a model, in order of arrival.
Result<std::vector<tiers::DrawnItem>> read_drawn(Database& database, const ProjectRow& project, const std::string& tier,
                                                 const ModelId& model);

struct DrawnModel {
    std::string tier;
    ModelId model;
    int64_t items = 0;
};

// For which tiers and models anything was drawn.
Result<std::vector<DrawnModel>> drawn_models(Database& database, const ProjectRow& project);

// Items that a certificate which opened, or was closed, still has to place anew.
struct Rerouting {
    int64_t project_no = 0;
    int64_t certificate = 0;
    bool closing = false;
    int64_t after_item = 0;  // all up to this number have been looked at
};

Status save_rerouting(Database& database, const Rerouting& rerouting);
Status end_rerouting(Database& database, const Rerouting& rerouting);
Result<std::optional<Rerouting>> next_rerouting(Database& database);

// Numbers above `after` of the project's items of this model that are in this status, ascending.
struct NumberedItem {
    int64_t no = 0;
    ItemId id;
};

Result<std::vector<NumberedItem>> items_of_model(Database& database, const ProjectRow& project, const ModelId& model,
                                                 ItemStatus status, int64_t after, size_t limit);

}  // namespace countersign::store

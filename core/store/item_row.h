#pragma once
// The columns of an item's row and how they are read: shared by items.cpp and lists.cpp, not for use outside this
// folder.

#include <cstdint>
#include <limits>
#include <string_view>

#include "core/base/concat.h"
#include "core/store/items.h"

namespace countersign::store {

inline constexpr int64_t kNoDue_us = std::numeric_limits<int64_t>::max();

inline constexpr std::string_view kItemColumns =
    "no, id, last_seq, status, kind, tier, due_us, confidence_ppm, label, model, decided_label, decided_us, reviewer, "
    "pending";

// Errors: corrupt where a column holds what is never stored.
Result<ItemRow> item_row(const Statement& row);
Result<ItemStatus> item_status(const Statement& row, int column);
Result<TierKind> tier_kind(const Statement& row, int column);

}  // namespace countersign::store

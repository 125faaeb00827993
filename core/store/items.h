#pragma once
// Items as rows: what lists show, sort and count. Rows are projections of the item's folded state, never a source of
// truth.

#include <optional>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/model/item_state.h"
#include "core/store/projects.h"
#include "core/store/sqlite.h"
#include "core/store/texts.h"

namespace countersign::store {

struct ItemRow {
    int64_t no = 0;
    ItemId id;
    EventSeq last_seq = 0;
    ItemStatus status = ItemStatus::unknown;
    TierKind kind = TierKind::quick;
    std::string tier;
    std::optional<Instant> due;
    Ppm confidence;
    LabelId label;
    ModelId model;
    LabelId decided_label;
    Instant decided;
    ActorId reviewer;      // of the last decision that counts
    bool pending = false;  // a decision of this device is not yet saved on the server
};

// The item's number, or 0.
Result<int64_t> find_item(Database& database, const ProjectRow& project, const ItemId& id);
// The row of an item that is new here; its number.
Result<int64_t> insert_item(Database& database, const ProjectRow& project, const ItemState& state, bool pending);
// The same with a number of its own, as a store is made again from its log.
Status insert_item_as(Database& database, const ProjectRow& project, int64_t item_no, const ItemState& state);
Status save_item(Database& database, int64_t item_no, const ItemState& state, bool pending);
Result<std::optional<ItemRow>> read_item(Database& database, int64_t item_no);

// A device's: whether it did anything on the item that is still here.
Result<bool> has_operations(Database& database, int64_t item_no);
// A device's: the item is not on the server any more (which was put back), but operations of this device on it are: no
// list shows it until it comes again, as if it were new.
Status hide_item(Database& database, int64_t item_no);
// A device's: row, events, texts and index of an item that it need not have.
Status forget_item(Database& database, int64_t item_no);
// A device's: the item was met in this snapshot.
Status mark_seen(Database& database, int64_t item_no, int64_t snapshot_no);
// Those of the project that were not, at most `limit`: the ones that go, or the ones that stay all the same, because
// the device did something on them.
enum class Unseen : uint8_t { goes, stays };
Result<std::vector<ItemId>> unseen(Database& database, const ProjectRow& project, int64_t snapshot_no, Unseen which,
                                   size_t limit);

struct WorkItem {
    int64_t no = 0;
    ItemId id;
};

// The newest of the project, newest first.
Result<std::vector<WorkItem>> newest_items(Database& database, const ProjectRow& project, size_t limit);

// A device's: those with an event numbered above `after`.
Result<std::vector<WorkItem>> items_changed_after(Database& database, const ProjectRow& project, EventSeq after);

struct WorkPage {
    std::vector<WorkItem> items;
    int64_t next = 0;  // all items up to this number were looked at
    bool more = false;
};

// What a device needs: items that wait for people, what `reviewer` decided since `since`, and whatever `device` did
// something on: it has those as long as it has what it did. In order of arrival, with a number above `after`.
struct WorkFilter {
    ActorId reviewer;
    Instant since;
    DeviceId device = {};
};

Result<WorkPage> work_items(Database& database, const ProjectRow& project, const WorkFilter& filter, int64_t after,
                            size_t limit);

struct TierCount {
    std::string tier;
    TierKind kind = TierKind::quick;
    ItemStatus status = ItemStatus::open;
    int64_t items = 0;
};

// Items per tier and status, tiers by name.
Result<std::vector<TierCount>> count_items(Database& database, const ProjectRow& project);

}  // namespace countersign::store

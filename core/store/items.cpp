#include "core/store/items.h"

#include <algorithm>
#include <limits>

#include "core/store/item_row.h"
#include "core/workflow/resolve.h"

namespace countersign::store {

namespace {

// The twelve columns that are folded from events, in the order that both statements below write them.
void bind_state(Statement& statement, const ItemState& state, bool pending) {
    const std::vector<const Review*> reviews = effective_reviews(state);
    const std::string_view reviewer = reviews.empty() ? std::string_view() : reviews.back()->reviewer.text;
    statement.bind(static_cast<int64_t>(state.last_seq)).bind(static_cast<int64_t>(state.resolution.status));
    statement.bind(static_cast<int64_t>(state.route().kind)).bind(state.route().tier);
    statement.bind(state.route().due ? state.route().due->us : kNoDue_us)
        .bind(int64_t{state.current().confidence.value});
    statement.bind(state.current().label.text).bind(state.current().model.text).bind(state.resolution.label.text);
    statement.bind(state.resolution.decided_at.us).bind(reviewer).bind(int64_t{pending ? 1 : 0});
}

}  // namespace

Result<ItemStatus> item_status(const Statement& row, int column) {
    return static_cast<ItemStatus>(CS_TRY(row.integer_within(column, 0, static_cast<int64_t>(ItemStatus::withdrawn))));
}

Result<TierKind> tier_kind(const Statement& row, int column) {
    return static_cast<TierKind>(CS_TRY(row.integer_within(column, 0, static_cast<int64_t>(TierKind::full))));
}

Result<ItemRow> item_row(const Statement& row) {
    ItemRow out;
    out.no = row.integer(0);
    out.id = ItemId(std::string(row.text(1)));
    out.last_seq = CS_TRY(row.count(2));
    out.status = CS_TRY(item_status(row, 3));
    out.kind = CS_TRY(tier_kind(row, 4));
    out.tier = std::string(row.text(5));
    if (row.integer(6) != kNoDue_us) {
        out.due = Instant{row.integer(6)};
    }
    out.confidence.value = static_cast<int32_t>(CS_TRY(row.integer_within(7, 0, kCertain.value)));
    out.label = LabelId(std::string(row.text(8)));
    out.model = ModelId(std::string(row.text(9)));
    out.decided_label = LabelId(std::string(row.text(10)));
    out.decided.us = row.integer(11);
    out.reviewer = ActorId(std::string(row.text(12)));
    out.pending = row.integer(13) != 0;
    return out;
}

Result<int64_t> find_item(Database& database, const ProjectRow& project, const ItemId& id) {
    Statement select = CS_TRY(database.prepare("SELECT no FROM item WHERE project = ? AND id = ?"));
    select.bind(project.no).bind(id.text);
    return CS_TRY(select.step()) ? select.integer(0) : int64_t{0};
}

Result<int64_t> insert_item(Database& database, const ProjectRow& project, const ItemState& state, bool pending) {
    Statement insert =
        CS_TRY(database.prepare("INSERT INTO item(last_seq, status, kind, tier, due_us, confidence_ppm, label, model, "
                                "decided_label, decided_us, "
                                "reviewer, pending, project, id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"));
    bind_state(insert, state, pending);
    CS_TRY_STATUS(insert.bind(project.no).bind(state.id.text).run());
    return database.last_insert_rowid();
}

Status insert_item_as(Database& database, const ProjectRow& project, int64_t item_no, const ItemState& state) {
    Statement insert =
        CS_TRY(database.prepare("INSERT INTO item(last_seq, status, kind, tier, due_us, confidence_ppm, label, model, "
                                "decided_label, decided_us, reviewer, pending, project, id, no) VALUES (?, ?, ?, ?, ?, "
                                "?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"));
    bind_state(insert, state, false);
    return insert.bind(project.no).bind(state.id.text).bind(item_no).run();
}

Status save_item(Database& database, int64_t item_no, const ItemState& state, bool pending) {
    Statement update =
        CS_TRY(database.prepare("UPDATE item SET last_seq = ?, status = ?, kind = ?, tier = ?, due_us = ?, "
                                "confidence_ppm = ?, label = ?, model = ?, "
                                "decided_label = ?, decided_us = ?, reviewer = ?, pending = ? WHERE no = ?"));
    bind_state(update, state, pending);
    return update.bind(item_no).run();
}

Result<std::optional<ItemRow>> read_item(Database& database, int64_t item_no) {
    Statement select = CS_TRY(database.prepare(concat("SELECT ", kItemColumns, " FROM item WHERE no = ?")));
    select.bind(item_no);
    if (!CS_TRY(select.step())) {
        return std::optional<ItemRow>();
    }
    return std::optional<ItemRow>(CS_TRY(item_row(select)));
}

Result<bool> has_operations(Database& database, int64_t item_no) {
    Statement select = CS_TRY(database.prepare("SELECT 1 FROM operation WHERE item = ? LIMIT 1"));
    select.bind(item_no);
    return select.step();
}

Status hide_item(Database& database, int64_t item_no) {
    for (const char* sql : {"DELETE FROM lease WHERE item = ?", "DELETE FROM given_back WHERE item = ?",
                            "DELETE FROM document WHERE item = ?", "DELETE FROM search WHERE rowid = ?",
                            "UPDATE item SET status = 0, last_seq = 0 WHERE no = ?"}) {
        Statement hide = CS_TRY(database.prepare(sql));
        CS_TRY_STATUS(hide.bind(item_no).run());
    }
    return success();
}

Status forget_item(Database& database, int64_t item_no) {
    CS_TRY_STATUS(forget_texts(database, item_no));
    for (const char* sql : {"DELETE FROM lease WHERE item = ?", "DELETE FROM given_back WHERE item = ?",
                            "DELETE FROM event WHERE item = ?", "DELETE FROM item WHERE no = ?"}) {
        Statement remove = CS_TRY(database.prepare(sql));
        CS_TRY_STATUS(remove.bind(item_no).run());
    }
    return success();
}

Status mark_seen(Database& database, int64_t item_no, int64_t snapshot_no) {
    Statement update = CS_TRY(database.prepare("UPDATE item SET seen = ? WHERE no = ?"));
    return update.bind(snapshot_no).bind(item_no).run();
}

Result<std::vector<ItemId>> unseen(Database& database, const ProjectRow& project, int64_t snapshot_no, Unseen which,
                                   size_t limit) {
    Statement select = CS_TRY(database.prepare(
        "SELECT id FROM item WHERE project = ? AND seen <> ? AND EXISTS (SELECT 1 FROM operation WHERE operation.item "
        "= item.no) = ? ORDER BY no LIMIT ?"));
    select.bind(project.no).bind(snapshot_no).bind(static_cast<int64_t>(which)).bind(static_cast<int64_t>(limit));
    std::vector<ItemId> out;
    while (CS_TRY(select.step())) {
        out.emplace_back(std::string(select.text(0)));
    }
    return out;
}

Result<std::vector<WorkItem>> newest_items(Database& database, const ProjectRow& project, size_t limit) {
    // By number: an index by status would have to be sorted first.
    Statement select = CS_TRY(database.prepare(
        "SELECT no, id FROM item NOT INDEXED WHERE project = ? AND status > 0 ORDER BY no DESC LIMIT ?"));
    select.bind(project.no).bind(static_cast<int64_t>(limit));
    std::vector<WorkItem> out;
    while (CS_TRY(select.step())) {
        out.push_back({select.integer(0), ItemId(std::string(select.text(1)))});
    }
    return out;
}

Result<std::vector<WorkItem>> items_changed_after(Database& database, const ProjectRow& project, EventSeq after) {
    Statement select =
        CS_TRY(database.prepare("SELECT no, id FROM item WHERE project = ? AND last_seq > ? ORDER BY no"));
    select.bind(project.no).bind(static_cast<int64_t>(after));
    std::vector<WorkItem> out;
    while (CS_TRY(select.step())) {
        out.push_back({select.integer(0), ItemId(std::string(select.text(1)))});
    }
    return out;
}

Result<WorkPage> work_items(Database& database, const ProjectRow& project, const WorkFilter& filter, int64_t after,
                            size_t limit) {
    WorkPage page;
    Statement last = CS_TRY(database.prepare("SELECT ifnull(max(no), 0) FROM item"));
    CS_TRY(last.step());
    page.next = std::max(after, last.integer(0));
    // By number and not by status: each page goes on where the one before ended, and nothing is looked at twice.
    Statement select = CS_TRY(database.prepare(
        "SELECT no, id FROM item NOT INDEXED WHERE no > ? AND no <= ? AND project = ? AND (status IN (?, ?) OR (status "
        "= ? AND reviewer = ? AND decided_us >= ?) OR no IN (SELECT operation.item FROM stream JOIN operation ON "
        "operation.stream = stream.stream WHERE stream.device = ?)) ORDER BY no LIMIT ?"));
    select.bind(after).bind(page.next).bind(project.no);
    select.bind(static_cast<int64_t>(ItemStatus::open)).bind(static_cast<int64_t>(ItemStatus::escalated));
    select.bind(static_cast<int64_t>(ItemStatus::resolved)).bind(filter.reviewer.text).bind(filter.since.us);
    select.bind(filter.device.text).bind(static_cast<int64_t>(limit));
    while (CS_TRY(select.step())) {
        page.items.push_back({select.integer(0), ItemId(std::string(select.text(1)))});
    }
    page.more = page.items.size() == limit;
    if (page.more) {
        page.next = page.items.back().no;
    }
    return page;
}

Result<std::vector<TierCount>> count_items(Database& database, const ProjectRow& project) {
    std::vector<TierCount> out;
    Statement select =
        CS_TRY(database.prepare("SELECT tier, kind, status, count(*) FROM item WHERE project = ? AND status > 0 GROUP "
                                "BY tier, kind, status ORDER BY tier, kind, status"));
    select.bind(project.no);
    while (CS_TRY(select.step())) {
        out.push_back({std::string(select.text(0)), CS_TRY(tier_kind(select, 1)), CS_TRY(item_status(select, 2)),
                       select.integer(3)});
    }
    return out;
}

}  // namespace countersign::store

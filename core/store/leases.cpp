#include "core/store/leases.h"

#include "core/base/concat.h"

namespace countersign::store {

namespace {

constexpr std::string_view kSelect =
    "SELECT item.id, item, slot, holder, stream, fence_epoch, fence_count, expires_us, offline FROM lease JOIN item ON "
    "item.no = lease.item";

Result<std::vector<LeaseRow>> read_all(Statement& row) {
    std::vector<LeaseRow> out;
    while (CS_TRY(row.step())) {
        LeaseRow one;
        one.item = ItemId(std::string(row.text(0)));
        one.item_no = row.integer(1);
        one.lease.slot = static_cast<uint32_t>(CS_TRY(row.integer_within(2, 0, UINT32_MAX)));
        one.holder = ActorId(std::string(row.text(3)));
        one.stream = StreamId(std::string(row.text(4)));
        one.lease.fence = {CS_TRY(row.count(5)), CS_TRY(row.count(6))};
        one.expires.us = row.integer(7);
        one.offline = row.integer(8) != 0;
        out.push_back(std::move(one));
    }
    return out;
}

}  // namespace

Status save_leases(Database& database, int64_t item_no, const ItemState& state) {
    if (state.slots.empty()) {
        return success();
    }
    Statement remove = CS_TRY(database.prepare("DELETE FROM lease WHERE item = ?"));
    CS_TRY_STATUS(remove.bind(item_no).run());
    for (uint32_t slot = 0; slot < state.slots.size(); ++slot) {
        const SlotState& one = state.slots[slot];
        if (one.ended) {
            continue;
        }
        Statement insert = CS_TRY(
            database.prepare("INSERT INTO lease(item, slot, holder, stream, fence_epoch, fence_count, expires_us, "
                             "offline) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"));
        insert.bind(item_no).bind(int64_t{slot}).bind(one.holder.text).bind(one.stream.text);
        insert.bind(static_cast<int64_t>(one.fence.epoch)).bind(static_cast<int64_t>(one.fence.count));
        CS_TRY_STATUS(insert.bind(one.expires.us).bind(int64_t{one.offline ? 1 : 0}).run());
    }
    return success();
}

Result<std::vector<LeaseRow>> leases_of(Database& database, const StreamId& stream, Instant now) {
    Statement select =
        CS_TRY(database.prepare(concat(kSelect, " WHERE stream = ? AND expires_us > ? ORDER BY expires_us, item.id")));
    select.bind(stream.text).bind(now.us);
    return read_all(select);
}

Result<std::vector<LeaseRow>> leases_on(Database& database, int64_t item_no, Instant now) {
    Statement select =
        CS_TRY(database.prepare(concat(kSelect, " WHERE lease.item = ? AND expires_us > ? ORDER BY slot")));
    select.bind(item_no).bind(now.us);
    return read_all(select);
}

Result<std::vector<LeaseRow>> running_leases(Database& database, const ProjectRow& project, Instant now, size_t limit) {
    Statement select = CS_TRY(database.prepare(
        concat(kSelect, " WHERE project = ? AND expires_us > ? ORDER BY holder, item.id, slot LIMIT ?")));
    select.bind(project.no).bind(now.us).bind(static_cast<int64_t>(limit));
    return read_all(select);
}

Result<std::vector<ItemId>> free_items(Database& database, const ProjectRow& project, std::string_view tier,
                                       Instant now, size_t limit) {
    Statement select = CS_TRY(database.prepare(
        "SELECT id FROM item WHERE project = ? AND status = ? AND (? = '' OR tier = ?) AND NOT EXISTS (SELECT 1 FROM "
        "lease WHERE lease.item = item.no AND expires_us > ?) ORDER BY due_us, no LIMIT ?"));
    select.bind(project.no).bind(static_cast<int64_t>(ItemStatus::open)).bind(tier).bind(tier);
    select.bind(now.us).bind(static_cast<int64_t>(limit));
    std::vector<ItemId> out;
    while (CS_TRY(select.step())) {
        out.emplace_back(std::string(select.text(0)));
    }
    return out;
}

}  // namespace countersign::store

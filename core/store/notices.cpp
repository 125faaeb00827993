#include "core/store/notices.h"

#include "core/json/json.h"
#include "core/json/writer.h"

namespace countersign::store {

namespace {

std::string json_list(const std::vector<ItemId>& items) {
    JsonWriter writer;
    writer.begin_array();
    for (const ItemId& item : items) {
        writer.text(item.text);
    }
    return std::move(writer.end_array()).take();
}

Result<std::vector<ItemId>> read_list(std::string_view text) {
    const Json json = CS_TRY(parse_json(text));
    std::vector<ItemId> out;
    for (const Json& item : json.array() == nullptr ? JsonArray() : *json.array()) {
        out.emplace_back(item.string() == nullptr ? std::string() : *item.string());
    }
    return out;
}

}  // namespace

Status add_notice(Database& database, const NoticeRow& row) {
    const std::string items = json_list(row.items);
    Statement newest = CS_TRY(database.prepare(
        "SELECT count, items FROM notice WHERE account = ? AND project = ? AND kind = ? ORDER BY no DESC LIMIT 1"));
    newest.bind(row.account.text).bind(row.project_no).bind(static_cast<int64_t>(row.kind));
    if (CS_TRY(newest.step()) && newest.integer(0) == static_cast<int64_t>(row.count) && newest.text(1) == items) {
        return success();
    }
    Statement insert = CS_TRY(
        database.prepare("INSERT INTO notice(account, project, kind, count, items, at_us) VALUES (?, ?, ?, ?, ?, ?)"));
    insert.bind(row.account.text).bind(row.project_no).bind(static_cast<int64_t>(row.kind));
    return insert.bind(static_cast<int64_t>(row.count)).bind(items).bind(row.at.us).run();
}

Result<std::vector<NoticeRow>> notices_of(Database& database, const ActorId& account) {
    std::vector<NoticeRow> out;
    Statement select = CS_TRY(database.prepare(
        "SELECT no, project, kind, count, items, at_us FROM notice WHERE account = ? ORDER BY no DESC"));
    select.bind(account.text);
    while (CS_TRY(select.step())) {
        NoticeRow row;
        row.no = select.integer(0);
        row.account = account;
        row.project_no = select.integer(1);
        row.kind = static_cast<NoticeKind>(
            CS_TRY(select.integer_within(2, 0, static_cast<int64_t>(NoticeKind::log_disputed))));
        row.count = CS_TRY(select.count(3));
        row.items = CS_TRY(read_list(select.text(4)));
        row.at.us = select.integer(5);
        out.push_back(std::move(row));
    }
    return out;
}

Status drop_notice(Database& database, int64_t no) {
    Statement remove = CS_TRY(database.prepare("DELETE FROM notice WHERE no = ?"));
    return remove.bind(no).run();
}

}  // namespace countersign::store

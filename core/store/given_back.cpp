#include "core/store/given_back.h"

#include "core/base/concat.h"
#include "core/store/item_row.h"

namespace countersign::store {

Status save_given_back(Database& database, int64_t item_no, const ItemState& state) {
    Statement remove = CS_TRY(database.prepare("DELETE FROM given_back WHERE item = ?"));
    CS_TRY_STATUS(remove.bind(item_no).run());
    for (const Review& review : state.reviews) {
        if (review.standing == DecisionStanding::reconfirm) {
            Statement insert =
                CS_TRY(database.prepare("INSERT OR IGNORE INTO given_back(item, reviewer) VALUES (?, ?)"));
            CS_TRY_STATUS(insert.bind(item_no).bind(review.reviewer.text).run());
        }
    }
    return success();
}

Result<std::vector<ItemRow>> given_back_to(Database& database, const ProjectRow& project, const ActorId& reviewer,
                                           size_t limit) {
    Statement select = CS_TRY(database.prepare(
        concat("SELECT ", kItemColumns,
               " FROM item WHERE no IN (SELECT item FROM given_back WHERE reviewer = ?) AND project = ? AND status IN "
               "(?, ?) ORDER BY due_us, no LIMIT ?")));
    select.bind(reviewer.text).bind(project.no).bind(static_cast<int64_t>(ItemStatus::open));
    select.bind(static_cast<int64_t>(ItemStatus::escalated)).bind(static_cast<int64_t>(limit));
    std::vector<ItemRow> out;
    while (CS_TRY(select.step())) {
        out.push_back(CS_TRY(item_row(select)));
    }
    return out;
}

}  // namespace countersign::store

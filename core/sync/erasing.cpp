#include "core/sync/erasing.h"

#include <charconv>

#include "core/base/concat.h"
#include "core/store/search.h"
#include "core/store/texts.h"

namespace countersign::sync {

namespace {

std::string name_of(const store::ProjectRow& project) {
    return concat("erasures/", project.id.text);
}

Result<bool> has_items(store::Database& database, const store::ProjectRow& project) {
    store::Statement select = CS_TRY(database.prepare("SELECT 1 FROM item WHERE project = ? LIMIT 1"));
    select.bind(project.no);
    return select.step();
}

}  // namespace

Status erase_texts(Device& device, const store::ProjectRow& project, const ErasedTexts& erased) {
    store::Database& database = device.database();
    for (const Digest& commitment : erased.commitments) {
        CS_TRY_STATUS(store::forget_note(database, commitment));
    }
    bool indexed = false;  // the index is rewritten once, and only when words were in it
    for (const ItemId& item : erased.items) {
        CS_TRY_STATUS(store::forget_drafts(database, project, item));
        const int64_t item_no = CS_TRY(store::find_item(database, project, item));
        if (item_no != 0) {
            indexed = indexed || store::read_document(database, item_no).ok();
            CS_TRY_STATUS(store::forget_texts(database, item_no));
            CS_TRY_STATUS(device.refresh(project, item, item_no));
        }
    }
    if (indexed) {
        CS_TRY_STATUS(store::shed_forgotten(database));
    }
    database.truncate_soon();
    return success();
}

Result<std::optional<EventSeq>> erasures_told(store::Database& database, const store::ProjectRow& project) {
    const auto known = CS_TRY(store::read_meta(database, name_of(project)));
    EventSeq out = 0;
    if (known) {
        std::from_chars(known->data(), known->data() + known->size(), out);
    } else if (!CS_TRY(has_items(database, project))) {
        return std::optional<EventSeq>();
    }
    return std::optional<EventSeq>(out);
}

Status set_erasures_told(store::Database& database, const store::ProjectRow& project, EventSeq seq) {
    return store::write_meta(database, name_of(project), std::to_string(seq));
}

}  // namespace countersign::sync

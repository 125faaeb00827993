#include "core/store/subjects.h"

#include "core/base/concat.h"

namespace countersign::store {

namespace {

Status insert_subject(Database& database, int64_t item_no, const KeyRef& key, std::string_view name) {
    Statement insert = CS_TRY(database.prepare("INSERT INTO subject(item, key, name) VALUES (?, ?, ?)"));
    insert.bind(item_no).bind_blob(key);
    if (name.empty()) {
        insert.bind_null();
    } else {
        insert.bind_blob(name);
    }
    return insert.run();
}

}  // namespace

Status add_subject(Database& database, int64_t item_no, std::string_view name) {
    KeyRef key;
    if (!name.empty()) {
        Statement select = CS_TRY(database.prepare("SELECT key FROM subject WHERE name = ? LIMIT 1"));
        select.bind_blob(name);
        if (CS_TRY(select.step())) {
            key = select.blob(0);
        }
    }
    if (key.empty()) {
        key = CS_TRY(database.keys()->make());
    }
    return insert_subject(database, item_no, key, name);
}

Result<KeyRef> ensure_subject(Database& database, int64_t item_no) {
    if (auto known = CS_TRY(key_of_item(database, item_no))) {
        return std::move(*known);
    }
    KeyRef key = CS_TRY(database.keys()->make());
    CS_TRY_STATUS(insert_subject(database, item_no, key, {}));
    return key;
}

Result<std::optional<KeyRef>> key_of_item(Database& database, int64_t item_no) {
    Statement select = CS_TRY(database.prepare("SELECT key FROM subject WHERE item = ?"));
    select.bind(item_no);
    return CS_TRY(select.step()) ? std::optional<KeyRef>(std::string(select.blob(0))) : std::nullopt;
}

Result<std::string> subject_of_item(Database& database, int64_t item_no) {
    Statement select = CS_TRY(database.prepare("SELECT name FROM subject WHERE item = ?"));
    select.bind(item_no);
    return CS_TRY(select.step()) ? std::string(select.blob(0)) : std::string();
}

Result<std::vector<WorkItem>> items_of_subject(Database& database, const ProjectRow& project, std::string_view name) {
    Statement select =
        CS_TRY(database.prepare("SELECT item.no, item.id FROM subject JOIN item ON item.no = subject.item WHERE "
                                "subject.name = ? AND item.project = ? ORDER BY item.no"));
    select.bind_blob(name).bind(project.no);
    std::vector<WorkItem> out;
    while (CS_TRY(select.step())) {
        out.push_back({select.integer(0), ItemId(std::string(select.text(1)))});
    }
    return out;
}

Status add_erasure(Database& database, const ProjectRow& project, const Tombstone& tombstone, EventSeq seq) {
    Statement insert =
        CS_TRY(database.prepare("INSERT OR IGNORE INTO erasure(tombstone, project, seq) VALUES (?, ?, ?)"));
    return insert.bind_blob(tombstone.id).bind(project.no).bind(static_cast<int64_t>(seq)).run();
}

Result<bool> has_erasure(Database& database, std::string_view tombstone) {
    Statement select = CS_TRY(database.prepare("SELECT 1 FROM erasure WHERE tombstone = ?"));
    select.bind_blob(tombstone);
    return select.step();
}

}  // namespace countersign::store

#include "core/store/texts.h"

#include <algorithm>

#include "core/base/concat.h"
#include "core/store/search.h"
#include "core/store/subjects.h"

namespace countersign::store {

namespace {

// Commitment key and text in one: the key's length first.
std::string packed(const CommittedText& text) {
    std::string out(1, static_cast<char>(text.key.size()));
    out.reserve(1 + text.key.size() + text.text.size());
    return out.append(text.key).append(text.text);
}

Result<CommittedText> unpacked(const Digest& commitment, std::string_view plain) {
    const size_t key_bytes = plain.empty() ? 0 : static_cast<unsigned char>(plain.front());
    if (plain.size() < 1 + key_bytes) {
        return fail(ErrorCode::corrupt, "the store is damaged: a sealed text has no key");
    }
    return CommittedText{commitment, std::string(plain.substr(1, key_bytes)), std::string(plain.substr(1 + key_bytes))};
}

Result<std::string> box_of(SubjectKeys& keys, const KeyRef& key, const CommittedText& text) {
    return keys.seal(key, packed(text), text.commitment.view());
}

// Columns `first` to `first + 2` are key, text and box. Nothing when its subject's key was destroyed.
Result<std::optional<CommittedText>> read_text(Database& database, const Digest& commitment, const Statement& row,
                                               int first) {
    if (row.is_null(first + 2)) {
        return std::optional<CommittedText>(
            CommittedText{commitment, std::string(row.blob(first)), std::string(row.text(first + 1))});
    }
    if (database.keys() == nullptr) {
        return fail(ErrorCode::failed_precondition,
                    "the texts of this store are sealed, and the keys are not here (keys.db, master.key)");
    }
    const auto plain = database.keys()->open(row.blob(first + 2), commitment.view());
    if (!plain.ok() && plain.error().code == ErrorCode::gone) {
        return std::optional<CommittedText>();
    }
    if (!plain.ok()) {
        // A key that was lost is no erasure, and must not look like one.
        return plain.error().code == ErrorCode::not_found ? fail(ErrorCode::corrupt, plain.error().message)
                                                          : plain.error();
    }
    return std::optional<CommittedText>(CS_TRY(unpacked(commitment, plain.value())));
}

void bind_number(Statement& statement, int64_t item_no) {
    if (item_no == 0) {
        statement.bind_null();
    } else {
        statement.bind(item_no);
    }
}

// Binds key, text and box, the last three columns, and runs: in the box, or where there is none in plain.
Status insert_text(Statement& insert, const CommittedText& text, const std::string& box) {
    if (box.empty()) {
        return insert.bind_blob(text.key).bind(text.text).bind_null().run();
    }
    return insert.bind_blob({}).bind("").bind_blob(box).run();
}

// Under which key a note is sealed: its item's, or one of its own while that is not known. Nothing for an item that was
// erased.
Result<std::optional<KeyRef>> key_for_note(Database& database, int64_t item_no) {
    if (item_no != 0) {
        return key_of_item(database, item_no);
    }
    return std::optional<KeyRef>(CS_TRY(database.keys()->make()));
}

Status take_box(HeldTexts& out, const Statement& row) {
    out.commitments.push_back(CS_TRY(digest_from_bytes(row.blob(0))));
    const std::string_view box = row.blob(1);
    if (box.size() < kKeyRef_bytes) {
        return success();
    }
    const KeyRef key(box.substr(0, kKeyRef_bytes));
    if (std::find(out.keys.begin(), out.keys.end(), key) == out.keys.end()) {
        out.keys.push_back(key);
    }
    return success();
}

Status run_on(Database& database, const char* sql, int64_t number) {
    Statement statement = CS_TRY(database.prepare(sql));
    return statement.bind(number).run();
}

}  // namespace

Status add_document(Database& database, int64_t item_no, const CommittedText& document) {
    std::string box;
    if (database.keys() != nullptr) {
        const KeyRef key = CS_TRY(ensure_subject(database, item_no));
        box = CS_TRY(box_of(*database.keys(), key, document));
    }
    Statement insert = CS_TRY(
        database.prepare("INSERT OR IGNORE INTO document(item, commitment, key, text, box) VALUES (?, ?, ?, ?, ?)"));
    insert.bind(item_no).bind_blob(document.commitment.view());
    return insert_text(insert, document, box);
}

Result<CommittedText> read_document(Database& database, int64_t item_no) {
    Statement select = CS_TRY(database.prepare("SELECT commitment, key, text, box FROM document WHERE item = ?"));
    select.bind(item_no);
    std::optional<CommittedText> out;
    if (CS_TRY(select.step())) {
        const Digest commitment = CS_TRY(digest_from_bytes(select.blob(0)));
        out = CS_TRY(read_text(database, commitment, select, 1));
    }
    return out ? Result<CommittedText>(std::move(*out))
               : fail(ErrorCode::not_found, "the item's text is not here", "document");
}

Status add_note(Database& database, int64_t item_no, const CommittedText& note) {
    std::string box;
    if (database.keys() != nullptr) {
        const auto key = CS_TRY(key_for_note(database, item_no));
        if (!key) {
            return success();
        }
        box = CS_TRY(box_of(*database.keys(), *key, note));
    }
    Statement insert =
        CS_TRY(database.prepare("INSERT OR IGNORE INTO note(commitment, item, key, text, box) VALUES (?, ?, ?, ?, ?)"));
    insert.bind_blob(note.commitment.view());
    bind_number(insert, item_no);
    return insert_text(insert, note, box);
}

Status adopt_note(Database& database, const Digest& commitment, int64_t item_no) {
    Statement update = CS_TRY(database.prepare("UPDATE note SET item = ? WHERE commitment = ?"));
    return update.bind(item_no).bind_blob(commitment.view()).run();
}

Result<std::optional<CommittedText>> read_note(Database& database, const Digest& commitment) {
    Statement select = CS_TRY(database.prepare("SELECT key, text, box FROM note WHERE commitment = ?"));
    select.bind_blob(commitment.view());
    if (!CS_TRY(select.step())) {
        return std::optional<CommittedText>();
    }
    return read_text(database, commitment, select, 0);
}

Result<std::vector<CommittedText>> read_notes(Database& database, int64_t item_no) {
    std::vector<CommittedText> out;
    Statement select = CS_TRY(database.prepare("SELECT commitment, key, text, box FROM note WHERE item = ?"));
    select.bind(item_no);
    while (CS_TRY(select.step())) {
        const Digest commitment = CS_TRY(digest_from_bytes(select.blob(0)));
        auto note = CS_TRY(read_text(database, commitment, select, 1));
        if (note) {
            out.push_back(std::move(*note));
        }
    }
    return out;
}

Result<HeldTexts> texts_held(Database& database, int64_t item_no) {
    HeldTexts out;
    for (const char* sql :
         {"SELECT commitment, box FROM document WHERE item = ?", "SELECT commitment, box FROM note WHERE item = ?"}) {
        Statement select = CS_TRY(database.prepare(sql));
        select.bind(item_no);
        while (CS_TRY(select.step())) {
            CS_TRY_STATUS(take_box(out, select));
        }
    }
    return out;
}

Status forget_document(Database& database, int64_t item_no) {
    return run_on(database, "DELETE FROM document WHERE item = ?", item_no);
}

Status forget_note(Database& database, const Digest& commitment) {
    Statement remove = CS_TRY(database.prepare("DELETE FROM note WHERE commitment = ?"));
    return remove.bind_blob(commitment.view()).run();
}

Status forget_texts(Database& database, int64_t item_no) {
    CS_TRY_STATUS(forget_document(database, item_no));
    CS_TRY_STATUS(forget_text(database, item_no));
    CS_TRY_STATUS(run_on(database, "DELETE FROM note WHERE item = ?", item_no));
    return run_on(database, "DELETE FROM subject WHERE item = ?", item_no);
}

Status forget_drafts(Database& database, const ProjectRow& project, const ItemId& item) {
    // "draft/<person>/<project>/<item>"; the item's id may have slashes in it, a person's name has none.
    const std::string end = concat('/', project.id.text, '/', item.text);
    Statement remove = CS_TRY(
        database.prepare("DELETE FROM meta WHERE substr(key, 1, 6) = 'draft/' AND substr(key, -length(?1)) = ?1 AND "
                         "instr(substr(key, 7, length(key) - 6 - length(?1)), '/') = 0"));
    return remove.bind(end).run();
}

}  // namespace countersign::store

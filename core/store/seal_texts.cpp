// A store of an earlier version becomes one whose texts are sealed.

#include <charconv>

#include "core/base/concat.h"
#include "core/store/subjects.h"
#include "core/store/texts.h"

namespace countersign::store {

namespace {

constexpr std::string_view kSealedUnder = "keys";       // the id of the keys, once all is sealed
constexpr std::string_view kSealedUpTo = "keys/up_to";  // the last item that is
constexpr size_t kItemsPerStep = 1'000;

// What a table holds in plain, taken out and put back sealed.
Status seal_notes(Database& database, int64_t item_no) {
    const std::vector<CommittedText> notes = CS_TRY(read_notes(database, item_no));
    for (const CommittedText& note : notes) {
        CS_TRY_STATUS(forget_note(database, note.commitment));
        CS_TRY_STATUS(add_note(database, item_no, note));
    }
    return success();
}

Status seal_item(Database& database, int64_t item_no) {
    CS_TRY(ensure_subject(database, item_no));
    const auto document = read_document(database, item_no);
    if (document.ok()) {
        CS_TRY_STATUS(forget_document(database, item_no));
        CS_TRY_STATUS(add_document(database, item_no, document.value()));
    } else if (document.error().code != ErrorCode::not_found) {
        return document.error();
    }
    return seal_notes(database, item_no);
}

// Of items that are not known yet.
Status seal_waiting_notes(Database& database) {
    std::vector<Digest> waiting;
    {
        Statement select = CS_TRY(database.prepare("SELECT commitment FROM note WHERE item IS NULL AND box IS NULL"));
        while (CS_TRY(select.step())) {
            waiting.push_back(CS_TRY(digest_from_bytes(select.blob(0))));
        }
    }
    for (const Digest& commitment : waiting) {
        const auto note = CS_TRY(read_note(database, commitment));
        CS_CHECK(note.has_value());
        CS_TRY_STATUS(forget_note(database, commitment));
        CS_TRY_STATUS(add_note(database, 0, *note));
    }
    return success();
}

Result<std::vector<int64_t>> items_after(Database& database, int64_t after) {
    Statement select = CS_TRY(database.prepare("SELECT no FROM item WHERE no > ? ORDER BY no LIMIT ?"));
    select.bind(after).bind(static_cast<int64_t>(kItemsPerStep));
    std::vector<int64_t> out;
    while (CS_TRY(select.step())) {
        out.push_back(select.integer(0));
    }
    return out;
}

// False when none were left.
Result<bool> seal_step(Database& database, int64_t& up_to) {
    Transaction transaction(database);
    CS_TRY_STATUS(transaction.begin());
    const std::vector<int64_t> items = CS_TRY(items_after(database, up_to));
    for (const int64_t item_no : items) {
        CS_TRY_STATUS(seal_item(database, item_no));
    }
    up_to = items.empty() ? up_to : items.back();
    CS_TRY_STATUS(write_meta(database, kSealedUpTo, std::to_string(up_to)));
    CS_TRY_STATUS(transaction.commit());
    return !items.empty();
}

Result<bool> has_items(Database& database) {
    Statement any = CS_TRY(database.prepare("SELECT 1 FROM item LIMIT 1"));
    return any.step();
}

}  // namespace

Result<bool> are_texts_sealed(Database& database) {
    Statement tables = CS_TRY(database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'meta'"));
    return CS_TRY(tables.step()) && CS_TRY(read_meta(database, kSealedUnder)).has_value();
}

Status seal_plain_texts(Database& database) {
    const std::string keys = CS_TRY(database.keys()->id());
    const auto under = CS_TRY(read_meta(database, kSealedUnder));
    if (under && *under != keys) {
        return fail(ErrorCode::failed_precondition,
                    concat("the texts of this store are sealed under other keys (", *under,
                           ") than those that are here (", keys, "); bring keys.db and master.key back"));
    }
    if (under) {
        return success();
    }
    int64_t up_to = 0;
    const std::string from = CS_TRY(read_meta(database, kSealedUpTo)).value_or("0");
    std::from_chars(from.data(), from.data() + from.size(), up_to);
    const bool any = CS_TRY(has_items(database));
    while (CS_TRY(seal_step(database, up_to))) {
    }
    {
        Transaction transaction(database);
        CS_TRY_STATUS(transaction.begin());
        CS_TRY_STATUS(seal_waiting_notes(database));
        // Leads' words on what they rejected lie among the notes; 0.1 had only words of its own there.
        CS_TRY_STATUS(database.execute("UPDATE operation SET reason = '' WHERE state = 3 AND event_seq IS NOT NULL"));
        CS_TRY_STATUS(transaction.commit());
    }
    // Pages that an earlier version gave back still have what they had.
    CS_TRY_STATUS(any ? database.execute("VACUUM") : success());
    CS_TRY_STATUS(write_meta(database, kSealedUnder, keys));
    database.truncate_soon();
    return database.truncate_if_wanted();
}

}  // namespace countersign::store

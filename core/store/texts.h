#pragma once
// Texts of items: the documents, and the free words of reviews and notes. The one place where personal text lies, so
// that it can be erased.
//
// On a server (a store with keys) each lies in a sealed box under its subject's key (core/store/subjects.h), with the
// commitment as associated data; on a device in plain. Whoever reads does not notice. An item that was erased has no
// texts and gets none: what is added is dropped. Errors: failed_precondition when texts are sealed and no keys are
// here, corrupt when a box is not what was sealed.

#include <optional>
#include <vector>

#include "core/base/result.h"
#include "core/log/commitment.h"
#include "core/ports/subject_keys.h"
#include "core/store/projects.h"
#include "core/store/sqlite.h"

namespace countersign::store {

// The item's document, committed to; stored once.
Status add_document(Database& database, int64_t item_no, const CommittedText& document);
// not_found after erasure.
Result<CommittedText> read_document(Database& database, int64_t item_no);

// Free texts of reviews, by commitment; item_no 0 when the item is not known yet.
Status add_note(Database& database, int64_t item_no, const CommittedText& note);
Result<std::optional<CommittedText>> read_note(Database& database, const Digest& commitment);
// Texts of an item that was not known belong to it now.
Status adopt_note(Database& database, const Digest& commitment, int64_t item_no);
Result<std::vector<CommittedText>> read_notes(Database& database, int64_t item_no);

struct HeldTexts {
    std::vector<Digest> commitments;
    std::vector<KeyRef> keys;  // under which they are sealed, each once
};

Result<HeldTexts> texts_held(Database& database, int64_t item_no);

// Texts that were erased.
Status forget_document(Database& database, int64_t item_no);
Status forget_note(Database& database, const Digest& commitment);
// Document, notes, index and subject of the item.
Status forget_texts(Database& database, int64_t item_no);
// A device's: what people have begun to write about the item (shell/session/draft.h).
Status forget_drafts(Database& database, const ProjectRow& project, const ItemId& item);

}  // namespace countersign::store

#pragma once
// Whom items are about, on a server: under which key an item's texts lie, and which items share it. Rows tell no name:
// the subject's id as the pipeline gave it stands nowhere, only its keyed hash (SubjectKeys::name_of).
//
// Contract: for stores with keys, inside a transaction.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/ports/subject_keys.h"
#include "core/store/items.h"

namespace countersign::store {

// A new item's: the key that the subject has already, or a new one. `name` is empty for an item that stands for itself.
Status add_subject(Database& database, int64_t item_no, std::string_view name);
// The item's key, made for itself alone where it has none yet.
Result<KeyRef> ensure_subject(Database& database, int64_t item_no);
// Nothing when the item was erased.
Result<std::optional<KeyRef>> key_of_item(Database& database, int64_t item_no);
// Empty when it stands for itself, or was erased.
Result<std::string> subject_of_item(Database& database, int64_t item_no);
// All of the project's items of this subject.
Result<std::vector<WorkItem>> items_of_subject(Database& database, const ProjectRow& project, std::string_view name);

// The tombstones that this store is in line with.
Status add_erasure(Database& database, const ProjectRow& project, const Tombstone& tombstone, EventSeq seq);
Result<bool> has_erasure(Database& database, std::string_view tombstone);

// Seals what an earlier version left in plain, some items at a time, each in a transaction of its own; then the file is
// written anew, so that nothing of it stays behind. A second call does nothing. failed_precondition when the texts are
// sealed under other keys than these.
Status seal_plain_texts(Database& database);
// Whether that was done once; also in a store that is not of this version yet.
Result<bool> are_texts_sealed(Database& database);

}  // namespace countersign::store

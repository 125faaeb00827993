#pragma once
// The device's side of an erasure: texts, index, drafts of the items go, and the words of what was decided here, sent
// or not; envelopes and events stay, they hold commitments only. The file and its log are rid of them, too.
//
// A device that missed the feed asks with its snapshot for what was erased since it was told last.

#include <optional>

#include "core/sync/device.h"
#include "core/sync/page.h"

namespace countersign::sync {

// Inside a transaction.
Status erase_texts(Device& device, const store::ProjectRow& project, const ErasedTexts& erased);

// Up to which event this device was told of erasures; nothing for a device that has no items and so no texts.
Result<std::optional<EventSeq>> erasures_told(store::Database& database, const store::ProjectRow& project);
Status set_erasures_told(store::Database& database, const store::ProjectRow& project, EventSeq seq);

}  // namespace countersign::sync

#pragma once
// Events and texts as they travel to devices: leaves as they are, byte for byte; texts beside them, named by
// commitment.

#include <optional>
#include <vector>

#include "core/json/writer.h"
#include "core/log/commitment.h"
#include "core/model/event.h"
#include "core/store/ledger.h"

namespace countersign::api {

// {"commitment":"<hex>","key":"<hex>","text":"..."}
void write_text(JsonWriter& writer, const CommittedText& text);

// The texts that these leaves commit to and that are still here, as a list.
Status write_texts_of(JsonWriter& writer, store::Database& database, const std::vector<std::optional<Event>>& events);

// {"events":[<leaf>,..],"item":"..","texts":[..]}: all that is known of one item; without its texts the list is empty.
enum class ItemTexts : uint8_t { with, without };
Status write_item_line(JsonWriter& writer, store::Database& database, const ItemId& id, int64_t item_no,
                       ItemTexts texts = ItemTexts::with);

}  // namespace countersign::api

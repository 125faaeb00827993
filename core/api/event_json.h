#pragma once
// Events and texts as they travel to devices: leaves as text, byte for byte; texts beside them, named by commitment.

#include "core/json/writer.h"
#include "core/log/commitment.h"
#include "core/store/ledger.h"

namespace countersign::api {

// {"commitment":"<hex>","key":"<hex>","text":"..."}
void write_text(JsonWriter& writer, const CommittedText& text);

// {"item":"..","events":[{"seq":..,"leaf":".."}],"texts":[..]}: all that is known of one item.
Status write_item_line(JsonWriter& writer, store::Database& database, const ItemId& id, int64_t item_no);

}  // namespace countersign::api

#pragma once
// One item with all that is known of it, as a line of an export and as the API's answer for an item. The form is
// described in docs/data-formats.md:
//
//   {"item":{"id","input","metadata"},"prediction":{"model","label","confidence","scores"},
//    "route":{"tier","kind","route","reason","due"},
//    "decision":{"status","verdict","label","reviewers":["ada"],"decided":"..."},
//    "reviews":[{"id","reviewer","verdict","label","checklist":{...},"rationale":{"codes","text","evidence"},"seconds",...}],
//    "notes":[{"author","text","recorded"}],
//    "tags":["tier:full","route:gas","confidence:0.4-0.6","corrected"],
//    "provenance":{"project","last_event":212,"policy":"<hex>","document":"<hex>","prediction":"<hex>","ingested"}}

#include <string>

#include "core/api/workspace.h"
#include "core/model/item_state.h"

namespace countersign::api {

Result<std::string> item_record(Workspace& workspace, const store::ProjectRow& project, const ItemId& id,
                                int64_t item_no);

}  // namespace countersign::api

#pragma once
// A text with what opens its commitment, as devices and servers send it to each other:
//   {"commitment":"<hex>","key":"<hex>","text":"..."}

#include "core/base/result.h"
#include "core/json/fields.h"
#include "core/log/commitment.h"

namespace countersign {

// Whether the key has the right length and opens the commitment is left to the caller. Errors name the field.
Result<CommittedText> read_committed_text(Fields& fields, size_t max_bytes);

}  // namespace countersign

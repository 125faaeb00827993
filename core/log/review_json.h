#pragma once
// The body that a review has in its operation and, unchanged, in its leaf:
//   {"active_ms":5200,"answers":[{"question":"danger","value":"no"},{"question":"note","text":"<hex>"}],"claimed_at":...,
//    "codes":["wording"],"evidence":[{"begin":3,"end":9,"field":"input.text"}],"label":"drain","policy":"<hex>",
//    "prediction":"<hex>","review":"<uuid>","stream":"...","supersedes":"<uuid>","text":"<hex>","verdict":"correct"}
// label, supersedes and text only where there is one.

#include <string>

#include "core/base/result.h"
#include "core/json/fields.h"
#include "core/json/json.h"
#include "core/json/writer.h"
#include "core/model/review.h"

namespace countersign {

void write_review(JsonWriter& writer, const Review& review);
// `reviewer` is not in the body: it is the event's actor.
Result<Review> read_review(const Json& body, const std::string& path, const ActorId& reviewer);

// A field that holds a SHA-256 in hex.
Result<Digest> read_digest(Fields& fields, std::string_view name);

}  // namespace countersign

#pragma once
// A review as the body of its operation, and as the body of a leaf of version 0.1. Canonical order of names; what is
// committed to stands as a commitment. Not for use outside this folder, but for
// read_digest().

#include <string>
#include <string_view>

#include "core/base/result.h"
#include "core/json/fields.h"
#include "core/json/writer.h"
#include "core/model/review.h"

namespace countersign {

// The member as a SHA-256 in hex.
Result<Digest> read_digest(Fields& fields, std::string_view name);

// "fence" and "slot" among the fields.
Result<LeaseRef> read_lease(Fields& fields);

// What the envelope around it does not say; empty parts are left out.
void write_review_body(JsonWriter& writer, const Review& review);
Result<Review> read_review_body(const Json& body, const std::string& path);

// As 0.1 wrote it, in leaves and operations of format 1.
Result<Review> read_review(const Json& body, const std::string& path, const ActorId& reviewer);

}  // namespace countersign

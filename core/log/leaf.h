#pragma once
// The log's leaves: each event as the bytes that are stored, hashed and handed out, made once and never re-made.
//
// Format 2, canonical JSON (core/json/writer.h, sorted), at most 65,535 bytes so that it fits a C2SP entry bundle:
//   | name    | type   | meaning                                                                             |
//   |---------|--------|-------------------------------------------------------------------------------------|
//   | actor   | text   | account or token that caused it, or "system"                                        |
//   | at      | number | microseconds UTC when the server recorded it                                        |
//   | body    | object | by type; see leaf_write.cpp                                                         |
//   | item    | text   | the item's id; absent for facts about the project                                   |
//   | op      | object | the device's operation that is recorded here, byte for byte (core/log/envelope.h)   |
//   | project | text   | so that a leaf cannot be moved to another project's log                             |
//   | seq     | number | 1, 2, 3 ... without gaps in the project's log                                       |
//   | sig     | hex    | Ed25519 over the stream's head (signed_head()), where a signed batch ends here      |
//   | type    | text   | event_type()                                                                        |
//   | v       | number | 2                                                                                   |
// In format 1 `op` is the operation's hash, and a review stands whole in the body. It is read for ever. How leaves are
// hashed is in core/log/tree.h.
//
// Errors of decode_leaf: corrupt, with the field's path. An unknown type is unimplemented: who meets one keeps the
// bytes.

#include <string>
#include <string_view>

#include "core/base/result.h"
#include "core/hash/sha256.h"
#include "core/log/operation.h"
#include "core/log/tree.h"
#include "core/model/event.h"

namespace countersign {

inline constexpr size_t kLeafLimit_bytes = 65'535;

// exhausted when the leaf would be too long.
Result<std::string> encode_leaf(const ProjectId& project, const Event& event);
Result<Event> decode_leaf(std::string_view leaf);

// The review that a quarantined operation is: when it says of itself what its place says. Whoever says that it is
// another account's, stream's or project's is nobody's review, whatever a lead says. `actor` and `project` are the
// leaf's.
std::optional<Review> review_waiting(const OperationQuarantined& quarantined, const Operation& operation,
                                     const ActorId& actor, const ProjectId& project);

}  // namespace countersign

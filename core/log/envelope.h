#pragma once
// The outer part of an operation: where it stands in its device's stream, and what kind of thing it is about which
// item. A server that cannot make sense of the inside still records by this.
//
// Format 2, canonical JSON, made once on the device and frozen:
//   | name      | type   | meaning                                                                             |
//   |-----------|--------|-------------------------------------------------------------------------------------|
//   | actor     | text   | the account                                                                         |
//   | at        | number | the device's hybrid clock: max(its clock, the stream's last + 1), microseconds UTC   |
//   | body      | object | by type; core/log/operation.h                                                       |
//   | item      | text   | the item's id                                                                       |
//   | mono_ms   | number | since the device's program started: for spans of time between operations            |
//   | offset_ms | number | the server's clock less the device's, as last measured; absent when never           |
//   | op        | text   | a UUID made once; survives being sent again in another envelope                     |
//   | prev      | hex    | hash of the stream's operation before this one; zeros for the first                 |
//   | project   | text   |                                                                                     |
//   | seen      | object | {epoch, root, size}: the checkpoint that the device had verified by then; absent     |
//   |           |        | when the stream has said it already. A log that was shown otherwise to somebody      |
//   |           |        | else is found out by it                                                              |
//   | seq       | number | 1, 2, 3 ... without gaps in the stream                                              |
//   | stream    | text   | "<device 32 hex>.<epoch 16 hex>"                                                    |
//   | type      | text   |                                                                                     |
//   | v         | number | 2. Format 1 has neither mono_ms nor offset_ms, and is read for ever                 |
//   hash = SHA-256("countersign-op1" || 0x00 || bytes)
//
// Errors: invalid_argument with the field's path.

#include <optional>
#include <string>
#include <string_view>

#include "core/base/ids.h"
#include "core/base/instant.h"
#include "core/base/result.h"
#include "core/hash/sha256.h"
#include "core/json/json.h"

namespace countersign {

inline constexpr size_t kOperationLimit_bytes = 60'000;

// What a device says that it has seen of the log.
struct SeenCheckpoint {
    uint64_t epoch = 0;
    uint64_t size = 0;
    Digest root;

    bool operator==(const SeenCheckpoint&) const = default;
};

struct Envelope {
    int64_t version = 2;
    StreamId stream;
    uint64_t seq = 0;
    Digest prev;
    OperationId id;
    ProjectId project;
    ItemId item;
    ActorId actor;
    Instant at;
    int64_t mono_ms = 0;
    std::optional<int64_t> offset_ms;
    std::optional<SeenCheckpoint> seen;
    std::string type;
};

// `body` is left in `json`, to be read by type.
Result<Envelope> read_envelope(const Json& json);
Result<Envelope> read_envelope(std::string_view bytes);

Digest operation_hash(std::string_view bytes);

// What a device signs: everything in the stream up to this operation.
//   "countersign-head1\n<stream>\n<seq>\n<hash in hex>\n"
std::string signed_head(const StreamId& stream, uint64_t seq, const Digest& hash);

}  // namespace countersign

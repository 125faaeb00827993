#pragma once
// A leaf as the verifier reads it: the members that its checks need, by their exact bytes. Knows nothing of what events
// mean; a type that this program has never heard of is read like any other.
//
// Leaf, version 2 (canonical JSON):  actor, at, body, item?, op?, project, seq, sig?, type, v      op: the operation,
// nested Leaf, version 1:                   actor, at, body, item?, op?, project, seq, type, v            op: a hash
// Operation, version 2:              actor, at, body, item?, mono_ms, offset_ms?, op, prev, project, seen?, seq,
// stream, type, v            seen: epoch, root, size Operation, version 1:              the same without mono_ms,
// offset_ms and seen
//
// Contract: views into the line; they end with it. Errors: invalid_argument with the member's path.

#include <cstdint>
#include <optional>
#include <string_view>

#include "core/base/result.h"
#include "core/crypto/ed25519.h"
#include "core/hash/sha256.h"
#include "core/json/canonical.h"
#include "core/verify/report.h"

namespace countersign::verify {

// The checkpoint that a device says it has verified.
struct SeenFields {
    uint64_t epoch = 0;
    uint64_t size = 0;
    Digest root;
};

struct OperationFields {
    uint64_t version = 0;
    std::string_view bytes;
    Digest hash;
    std::string_view actor;  // texts as they stand, with their quotes; equal texts have equal bytes
    std::string_view item;   // empty when there is none
    std::string_view project;
    std::string_view stream;  // without quotes
    std::string_view type;
    Digest prev;
    uint64_t seq = 0;
    std::optional<SeenFields> seen;
    CanonicalValue body;
};

struct LeafFields {
    Place place;
    uint64_t version = 0;
    uint64_t seq = 0;
    int64_t at_us = 0;
    std::string_view actor;
    std::string_view item;
    std::string_view project;
    std::string_view type;
    CanonicalValue body;
    CanonicalValue op;  // of version 2, not yet looked into
    std::optional<OperationFields> operation;
    std::optional<crypto::Signature> signature;

    // Recorded as it came, without effect: whatever is wrong with it is why.
    bool waits() const { return version == 2 && type == "operation_quarantined"; }
};

// Without `place` and `operation`.
Result<LeafFields> read_leaf(const CanonicalValue& leaf);
Result<OperationFields> read_operation(const CanonicalValue& op);
Digest hash_of_operation(std::string_view bytes);

// "<number>-<16 hex digits>" of an epoch; nothing for any other text.
std::optional<uint64_t> epoch_number(std::string_view epoch);

}  // namespace countersign::verify

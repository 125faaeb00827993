#pragma once
// Operations: what a device did, as frozen bytes in the device's own gapless, hash-chained stream. The server stores
// and hashes the exact bytes; nobody re-serialises them.
//
// Format 1, canonical JSON: {"actor","at","body","item","op","prev","project","seq","stream","type","v":1}
//   seq 1, 2, 3 ... within the stream; prev = hash of the stream's previous operation (32 zero bytes for the first);
//   op = UUID made once; type = submit_review | withdraw_review | claim_item | add_note.
//   hash = SHA-256("countersign-op1" || 0x00 || bytes)
// Free text travels beside the bytes, each text named by the commitment that the body holds (core/log/commitment.h).
//
// Errors: invalid_argument with the field's path.

#include <string>
#include <string_view>
#include <vector>

#include "core/base/ids.h"
#include "core/base/instant.h"
#include "core/base/result.h"
#include "core/hash/sha256.h"
#include "core/log/commitment.h"
#include "core/model/command.h"

namespace countersign {

inline constexpr size_t kOperationLimit_bytes = 60'000;

struct Operation {
    StreamId stream;
    uint64_t seq = 0;
    Digest prev;
    OperationId id;
    ProjectId project;
    ItemId item;
    ActorId actor;
    Instant at;
    CommandBody command;  // ClaimItem, SubmitReview, WithdrawReview or AddNote
};

// An operation on its way: the bytes, and the texts its commitments are about.
struct SealedOperation {
    std::string bytes;
    std::vector<CommittedText> texts;
};

Result<std::string> encode_operation(const Operation& operation);
// Texts are opened and put back into the draft; one that is missing or does not open is an error.
Result<Operation> decode_operation(const SealedOperation& sealed);
Digest operation_hash(std::string_view bytes);

}  // namespace countersign

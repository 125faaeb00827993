#pragma once
// A push as a server takes it (core/log/push_body.h has the form): everything is put together and hashed, and nothing
// copied. What an operation says is read when it is judged.
//
// Errors of read_push_body(): invalid_argument or exhausted, with the line. An operation that says nothing readable is
// no error, it is kept as it is, at its place in the stream; but among several each must continue the one before it,
// for the signature of the last covers the others by that alone. A device whose stream is damaged sends one by one.

#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/log/push_body.h"

namespace countersign {

struct ReadPush : PushHead {
    std::vector<Digest> hashes;  // of the operations, in their order
    // The lines of operations and texts as they stand in the body, for as long as that is there;
    // read_pushed_operations() gives the operations.
    std::string_view lines;

    uint64_t last() const { return from + hashes.size() - 1; }
};

struct PushLimits {
    size_t operations = 1'000;
    size_t line_bytes = size_t{256} * 1024;
};

Result<ReadPush> read_push_body(std::string_view body, const PushLimits& limits);

// Of lines that were read once; `prev` is the hash of the operation before them.
std::vector<PushedOperation> read_pushed_operations(std::string_view lines, const Digest& prev);

}  // namespace countersign

#pragma once
// What a device sends of its stream, and what it saves as a file: JSON Lines, the operations as they are.
//
//   {"push":1,"announced":93,"from":41,"prev":"<hash of operation 40>","stream":"..","waiting":["msg-7",..]}
//   {"actor":"ada", ... }                      an operation's exact bytes, but for what may be left empty
//   {"as":"rationale","key":"<hex>","text":"It says gas."}       texts of the operation above, in the order of its body
//   ...
//   {"end":1,"hash":"<of the last operation>","seq":92,"signature":"<hex, over signed_head()>"}
//
// In an operation's line the value of "prev" may be empty: it is the hash of the operation before. So may the value of
// a "text" in its body: it is the commitment to the text that follows. Both are put back before anything is hashed, and
// the end line's hash shows that they were put back right. `announced` is the stream's last number on the device,
// `waiting` names the items of what comes behind this push, so that a server can say what was lost if it never comes.
//
// Errors of read_push_body(): invalid_argument or exhausted, with the line. An operation that says nothing readable is
// no error, it is kept as it is, at its place in the stream; but among several each must continue the one before it,
// for the signature of the last covers the others by that alone. A device whose stream is damaged sends one by one.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/ids.h"
#include "core/base/result.h"
#include "core/log/commitment.h"
#include "core/log/envelope.h"

namespace countersign {

struct PushedOperation {
    std::string bytes;
    Digest hash;
    std::vector<CommittedText> texts;
};

struct PushBody {
    StreamId stream;
    uint64_t from = 1;
    Digest prev;
    uint64_t announced = 0;
    std::vector<ItemId> waiting;
    std::vector<PushedOperation> operations;
    std::string signature;  // 64 bytes, or empty: a stream of 0.1
    // Of a push that was read: the lines of its operations and texts as they stand in the body, for as long as that is
    // there. read_pushed_operations() gives `operations` of them and `prev`.
    std::string_view lines;

    uint64_t last() const { return from + operations.size() - 1; }
};

struct PushLimits {
    size_t operations = 1'000;
    size_t line_bytes = size_t{256} * 1024;
};

Result<PushBody> read_push_body(std::string_view body, const PushLimits& limits);

enum class Elide : uint8_t { yes, no };

// Only the lines of operations and texts, whole: as a server keeps them until they are judged.
std::string write_pushed_operations(const std::vector<PushedOperation>& operations, const Digest& prev);
std::vector<PushedOperation> read_pushed_operations(std::string_view lines, const Digest& prev);

// `hash` of each operation and `prev` are as they will be checked. Without eliding every line stands whole: for when
// something in the chain is damaged.
std::string write_push_body(const PushBody& push, Elide elide);

}  // namespace countersign

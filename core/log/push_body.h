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
// Read by core/log/push_reader.h.

#include <string>
#include <vector>

#include "core/log/commitment.h"
#include "core/log/push_head.h"

namespace countersign {

struct PushedOperation {
    std::string bytes;
    Digest hash;
    std::vector<CommittedText> texts;
};

struct PushBody : PushHead {
    std::vector<PushedOperation> operations;

    uint64_t last() const { return from + operations.size() - 1; }
};

enum class Elide : uint8_t { yes, no };

// Only the lines of operations and texts, whole: as a server keeps them until they are judged.
std::string write_pushed_operations(const std::vector<PushedOperation>& operations, const Digest& prev);

// `hash` of each operation and `prev` are as they will be checked. Without eliding every line stands whole: for when
// something in the chain is damaged.
std::string write_push_body(const PushBody& push, Elide elide);

}  // namespace countersign

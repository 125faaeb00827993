#pragma once
// What a push says before and behind its operations (core/log/push_body.h).

#include <cstdint>
#include <string>
#include <vector>

#include "core/base/ids.h"
#include "core/hash/sha256.h"

namespace countersign {

inline constexpr size_t kPushWaiting_max = 1'000;

struct PushHead {
    StreamId stream;
    uint64_t from = 1;
    Digest prev;  // the hash of the operation before
    uint64_t announced = 0;
    std::vector<ItemId> waiting;  // at most that many
    std::string signature;        // 64 bytes, or empty: a stream of 0.1
};

}  // namespace countersign

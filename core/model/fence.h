#pragma once
// Fences: which grant of a slot a lease is. Later grants are greater, over restores of the server too: the first part
// is the server's epoch, which no two restores share, the second counts the grants of the slot within it. Source:
// reference sync.md, 3.6.
//
//   text: "<epoch>.<count>", both decimal

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace countersign {

struct Fence {
    uint64_t epoch = 0;
    uint64_t count = 0;  // from 1; 0: never granted

    auto operator<=>(const Fence&) const = default;
};

std::string to_text(Fence fence);
// invalid_argument when it is none.
Result<Fence> parse_fence(std::string_view text);

// The lease under which something was decided.
struct LeaseRef {
    uint32_t slot = 0;
    Fence fence;

    bool operator==(const LeaseRef&) const = default;
};

}  // namespace countersign

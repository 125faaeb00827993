#pragma once
// What one evaluation may use at most. Reaching a limit is an error of code `exhausted` that no && or || absorbs.

#include <cstddef>
#include <cstdint>

namespace countersign::rules {

struct Limits {
    // One per instruction, per step of all(), map() and their like over the whole of its body, and per sixteen bytes
    // that a function reads. A routing condition uses ten to a hundred.
    uint64_t cost = 1'000'000;
    // Of everything that the evaluation itself makes: joined texts, lists, maps.
    size_t memory_bytes = size_t{4} << 20;
    // Of one list or map that the evaluation makes.
    uint32_t elements = 100'000;
};

}  // namespace countersign::rules

#pragma once
// All chance of a simulation: one seed, the same throws on every platform.

#include <cstdint>
#include <vector>

#include "tests/support/fault_file.h"

namespace countersign::sim {

class Dice {
public:
    explicit Dice(uint64_t seed) : chance_(seed) {}

    uint64_t below(uint64_t limit) { return chance_.below(limit); }

    // Both ends are possible.
    int64_t between(int64_t from, int64_t to) {
        return from + static_cast<int64_t>(below(static_cast<uint64_t>(to - from) + 1));
    }

    bool one_in(uint64_t count) { return below(count) == 0; }

    bool percent(uint64_t chance) { return below(100) < chance; }

    template <class T>
    const T& pick(const std::vector<T>& from) {
        return from[static_cast<size_t>(below(from.size()))];
    }

private:
    testing::Chance chance_;
};

}  // namespace countersign::sim

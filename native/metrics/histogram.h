#pragma once
// How long things took: counts per bucket, written from any thread, read as a snapshot.
//
// Contract: observe() costs a few relaxed atomic additions and never blocks. A snapshot taken while others observe may
// miss the newest of them; its count is always the sum of its buckets.

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>

namespace countersign::metrics {

class DurationHistogram {
public:
    // Upper bounds; a last bucket takes what is longer. From a request that only reads memory to a stuck disk.
    static constexpr std::array<int64_t, 16> kBounds_us{100,       250,       500,        1'000,     2'500,   5'000,
                                                        10'000,    25'000,    50'000,     100'000,   250'000, 500'000,
                                                        1'000'000, 2'500'000, 10'000'000, 30'000'000};

    struct Snapshot {
        std::array<uint64_t, kBounds_us.size() + 1> counts{};  // each bucket for itself, not cumulated
        uint64_t sum_us = 0;

        uint64_t count() const;
    };

    void observe(int64_t duration_us);
    Snapshot snapshot() const;

private:
    std::array<std::atomic<uint64_t>, kBounds_us.size() + 1> counts_{};
    std::atomic<uint64_t> sum_us_{0};
};

}  // namespace countersign::metrics

#pragma once
// Chance for statistics: bootstrap, shuffles, samples. The same seed gives the same numbers everywhere; a result that
// used chance is stored with its seed. Not for secrets.

#include <array>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace countersign::stats {

// xoshiro256** 1.0 (Blackman and Vigna, 2018), its state filled by SplitMix64 from the seed.
class Random {
public:
    explicit Random(uint64_t seed);

    uint64_t next();
    // In [0, 1): 53 bits.
    double uniform();
    // In [0, bound), each with the same probability (by rejection). bound > 0.
    uint64_t below(uint64_t bound);

    // Fisher and Yates: each order with the same probability.
    template <class Element>
    void shuffle(std::vector<Element>& list) {
        for (size_t left = list.size(); left > 1; --left) {
            std::swap(list[left - 1], list[static_cast<size_t>(below(left))]);
        }
    }

private:
    std::array<uint64_t, 4> state_{};
};

}  // namespace countersign::stats

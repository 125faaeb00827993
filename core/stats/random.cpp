#include "core/stats/random.h"

#include <bit>

#include "core/base/check.h"

namespace countersign::stats {

Random::Random(uint64_t seed) {
    for (uint64_t& word : state_) {
        seed += 0x9e3779b97f4a7c15;
        uint64_t mixed = seed;
        mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111eb;
        word = mixed ^ (mixed >> 31);
    }
}

uint64_t Random::next() {
    const uint64_t result = std::rotl(state_[1] * 5, 7) * 9;
    const uint64_t shifted = state_[1] << 17;
    state_[2] ^= state_[0];
    state_[3] ^= state_[1];
    state_[1] ^= state_[2];
    state_[0] ^= state_[3];
    state_[2] ^= shifted;
    state_[3] = std::rotl(state_[3], 45);
    return result;
}

double Random::uniform() {
    return static_cast<double>(next() >> 11) * 0x1p-53;
}

uint64_t Random::below(uint64_t bound) {
    CS_CHECK(bound > 0);
    // Numbers from `surplus` on come in whole groups of `bound`.
    const uint64_t surplus = (0 - bound) % bound;
    for (;;) {
        const uint64_t number = next();
        if (number >= surplus) {
            return number % bound;
        }
    }
}

}  // namespace countersign::stats

#pragma once
// Fixed sequences from several starts over a grid of tests, strictest first. Internal to core/certificate; what they
// promise is in core/certificate/search.h.

#include <algorithm>
#include <cstddef>
#include <optional>

namespace countersign::certificate {

struct Sequences {
    std::optional<size_t> laxest{};  // of those that passed
    bool exhausted = false;          // all from `begin` to `end` passed, so that nothing is left to spend delta on
};

// The starts lie at equal distances from `begin` on; passes(i) tests one place at the level of one sequence.
template <class Passes>
Sequences run_sequences(size_t begin, size_t end, int starts, Passes passes) {
    const auto start_of = [&](int sequence) {
        return begin + ((end - begin) * static_cast<size_t>(sequence) / static_cast<size_t>(starts));
    };
    Sequences out{.laxest = std::nullopt, .exhausted = begin < end};
    for (int sequence = 0; sequence < starts; ++sequence) {
        size_t at = start_of(sequence);
        while (at < end && passes(at)) {
            out.laxest = std::max(out.laxest.value_or(at), at);
            ++at;
        }
        out.exhausted = out.exhausted && at >= start_of(sequence + 1);
    }
    return out;
}

}  // namespace countersign::certificate

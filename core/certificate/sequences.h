#pragma once
// Fixed sequences from several starts over a grid of tests, strictest first. Internal to core/certificate; what they
// promise is in core/certificate/search.h.

#include <algorithm>
#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace countersign::certificate {

struct Sequences {
    std::optional<size_t> laxest{};  // of those that passed
    bool exhausted = false;          // all from `begin` to `end` passed, so that nothing is left to spend delta on
};

// `starts` ascend, the first is the strictest; passes(i) tests one place at the level of one sequence.
template <class Passes>
Sequences run_sequences(std::span<const size_t> starts, size_t end, Passes passes) {
    Sequences out{.laxest = std::nullopt, .exhausted = !starts.empty() && starts.front() < end};
    for (size_t i = 0; i < starts.size(); ++i) {
        size_t at = starts[i];
        while (at < end && passes(at)) {
            out.laxest = std::max(out.laxest.value_or(at), at);
            ++at;
        }
        out.exhausted = out.exhausted && at >= (i + 1 < starts.size() ? starts[i + 1] : end);
    }
    return out;
}

// At equal distances from `begin` on.
inline std::vector<size_t> equal_starts(size_t begin, size_t end, int count) {
    std::vector<size_t> out;
    for (int i = 0; i < count; ++i) {
        out.push_back(begin + ((end - begin) * static_cast<size_t>(i) / static_cast<size_t>(count)));
    }
    return out;
}

}  // namespace countersign::certificate

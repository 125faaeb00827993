#pragma once
// The right edge of a growing tree: what must be kept to add leaves and to tell the root, one hash for each binary
// digit of the size. Adding a leaf hashes twice on average.
//
// Contract: a plain value; a copy is a tree of its own.

#include <cstdint>
#include <vector>

#include "core/base/result.h"
#include "core/log/tree.h"

namespace countersign {

class TreeFrontier {
public:
    // Of a tree of `size` leaves whose subtrees_of(0, size) have these hashes; invalid_argument when their number is
    // not that of the size.
    static Result<TreeFrontier> from(uint64_t size, std::vector<Digest> hashes);

    // `completed`, when given, gets every subtree that the leaf completes, the leaf itself first: what storage keeps.
    void append(const Digest& leaf_hash, std::vector<SubtreeHash>* completed = nullptr);

    uint64_t size() const { return size_; }

    Digest root() const;

    // Of subtrees_of(0, size()).
    const std::vector<Digest>& hashes() const { return hashes_; }

private:
    uint64_t size_ = 0;
    std::vector<Digest> hashes_;  // the largest subtree first
};

}  // namespace countersign

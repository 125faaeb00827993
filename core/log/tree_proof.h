#pragma once
// Proofs about the tree: that a leaf is in it, and that one tree is the beginning of another (RFC 9162, 2.1.3
// and 2.1.4).
//
// A proof is a list of hashes, from the leaf's side upwards; at most 48 of them. Making one takes hashes of complete
// subtrees from a port in one read; checking one takes nothing but what was signed.
// Errors: invalid_argument for an index or size that cannot be, and for a proof that does not hold; the sentence says
// which.

#include <cstdint>
#include <vector>

#include "core/base/result.h"
#include "core/log/tree.h"

namespace countersign {

using TreeProof = std::vector<Digest>;

// That leaf `index` is in the tree of `size` leaves.
Result<TreeProof> prove_inclusion(uint64_t index, uint64_t size, SubtreeHashes& hashes);
// That the tree of `size` leaves begins with that of `old_size` > 0.
Result<TreeProof> prove_consistency(uint64_t old_size, uint64_t size, SubtreeHashes& hashes);

struct TreeHead {
    uint64_t size = 0;
    Digest root;
};

Status check_inclusion(const TreeHead& head, uint64_t index, const Digest& leaf_hash, const TreeProof& proof);
Status check_consistency(const TreeHead& old_head, const TreeHead& head, const TreeProof& proof);

}  // namespace countersign

#pragma once
// The Merkle tree over a log's leaves: RFC 9162, 2.1 (the same tree as RFC 6962's), with SHA-256.
//
//   leaf = SHA-256(0x00 || leaf's bytes)      node = SHA-256(0x01 || left || right)      empty tree = SHA-256("")
//
// A tree of n leaves is told by the complete subtrees that it is made of: those of n's binary digits, largest first.
// What was hashed once never changes when leaves are added, so storage keeps hashes of complete subtrees and nothing
// else. Contract: a size is a number of leaves, an index counts from 0; leaf `seq` of a log has index seq - 1.

#include <compare>
#include <cstdint>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/hash/sha256.h"

namespace countersign {

Digest leaf_hash(std::string_view leaf);
Digest node_hash(const Digest& left, const Digest& right);
Digest empty_root();

// Above this no size is taken: products of sizes and widths stay within 64 bits.
inline constexpr uint64_t kTreeSize_max = uint64_t{1} << 48;

// The 2^level leaves from index * 2^level on.
struct Subtree {
    uint32_t level = 0;
    uint64_t index = 0;

    auto operator<=>(const Subtree&) const = default;
};

struct SubtreeHash {
    Subtree subtree;
    Digest hash;
};

// Where hashes of complete subtrees come from: a table, tiles (core/log/tile_hashes.h), memory.
class SubtreeHashes {
public:
    virtual ~SubtreeHashes() = default;
    // One for each, in their order. Errors are the storage's.
    virtual Result<std::vector<Digest>> read(const std::vector<Subtree>& wanted) = 0;
};

// The complete subtrees of the leaves [begin, end), from the left; `begin` must be where a subtree of that many leaves
// can begin: 0, or a multiple of a power of two that is no smaller than end - begin.
std::vector<Subtree> subtrees_of(uint64_t begin, uint64_t end);
// The hash over neighbouring subtrees, from the left: the last two are joined first. Not empty.
Digest join(const std::vector<Digest>& hashes);

// not_found above what `hashes` has; invalid_argument above kTreeSize_max.
Result<Digest> root_of(uint64_t size, SubtreeHashes& hashes);

}  // namespace countersign

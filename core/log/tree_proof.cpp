#include "core/log/tree_proof.h"

#include <bit>
#include <span>

#include "core/base/concat.h"

namespace countersign {

namespace {

Error refused(std::string message) {
    return fail(ErrorCode::invalid_argument, std::move(message));
}

// The largest power of two smaller than `count` (RFC 9162, 2.1.1: k).
uint64_t split_of(uint64_t count) {
    return std::bit_ceil(count) / 2;
}

// The parts of a proof as ranges of leaves, in the proof's order: each becomes one hash.
using Ranges = std::vector<std::pair<uint64_t, uint64_t>>;

// PATH(m, D[begin:end]), 2.1.3.1.
void inclusion_ranges(uint64_t index, uint64_t begin, uint64_t end, Ranges& out) {
    if (end - begin == 1) {
        return;
    }
    const uint64_t middle = begin + split_of(end - begin);
    if (index < middle) {
        inclusion_ranges(index, begin, middle, out);
        out.emplace_back(middle, end);
    } else {
        inclusion_ranges(index, middle, end, out);
        out.emplace_back(begin, middle);
    }
}

// SUBPROOF(m, D[begin:end], b), 2.1.4.1; b is whether begin is 0, since the subtree is then the old tree itself.
void consistency_ranges(uint64_t old_size, uint64_t begin, uint64_t end, Ranges& out) {
    if (old_size == end) {
        if (begin != 0) {
            out.emplace_back(begin, end);
        }
        return;
    }
    const uint64_t middle = begin + split_of(end - begin);
    if (old_size <= middle) {
        consistency_ranges(old_size, begin, middle, out);
        out.emplace_back(middle, end);
    } else {
        consistency_ranges(old_size, middle, end, out);
        out.emplace_back(begin, middle);
    }
}

Result<TreeProof> read_ranges(const Ranges& ranges, SubtreeHashes& hashes) {
    std::vector<Subtree> wanted;
    std::vector<size_t> counts;
    for (const auto& [begin, end] : ranges) {
        const std::vector<Subtree> parts = subtrees_of(begin, end);
        counts.push_back(parts.size());
        wanted.insert(wanted.end(), parts.begin(), parts.end());
    }
    if (wanted.empty()) {
        return TreeProof();
    }
    const std::vector<Digest> read = CS_TRY(hashes.read(wanted));
    CS_CHECK(read.size() == wanted.size());
    TreeProof out;
    auto at = read.begin();
    for (const size_t count : counts) {
        const auto behind = at + static_cast<ptrdiff_t>(count);
        out.push_back(join(std::vector<Digest>(at, behind)));
        at = behind;
    }
    return out;
}

Status size_is_possible(uint64_t size) {
    return size <= kTreeSize_max ? Status()
                                 : Status(refused(concat("a tree of ", size, " leaves is beyond what is allowed")));
}

Error wrong_length(const TreeProof& proof) {
    return refused(concat("the proof has ", proof.size(), " hashes, which is not the number for these sizes"));
}

}  // namespace

Result<TreeProof> prove_inclusion(uint64_t index, uint64_t size, SubtreeHashes& hashes) {
    CS_TRY_STATUS(size_is_possible(size));
    if (index >= size) {
        return refused(concat("there is no leaf ", index, " in a tree of ", size));
    }
    Ranges ranges;
    inclusion_ranges(index, 0, size, ranges);
    return read_ranges(ranges, hashes);
}

Result<TreeProof> prove_consistency(uint64_t old_size, uint64_t size, SubtreeHashes& hashes) {
    CS_TRY_STATUS(size_is_possible(size));
    if (old_size == 0 || old_size > size) {
        return refused(concat("a tree of ", size, " leaves does not begin with one of ", old_size));
    }
    Ranges ranges;
    consistency_ranges(old_size, 0, size, ranges);
    return read_ranges(ranges, hashes);
}

// 2.1.3.2, numbered as there.
Status check_inclusion(const TreeHead& head, uint64_t index, const Digest& leaf_hash, const TreeProof& proof) {
    CS_TRY_STATUS(size_is_possible(head.size));
    if (index >= head.size) {  // 1
        return refused(concat("there is no leaf ", index, " in a tree of ", head.size));
    }
    uint64_t node = index;  // 2
    uint64_t last = head.size - 1;
    Digest hash = leaf_hash;         // 3
    for (const Digest& p : proof) {  // 4
        if (last == 0) {
            return wrong_length(proof);
        }
        if ((node & 1) != 0 || node == last) {
            hash = node_hash(p, hash);
            for (; (node & 1) == 0 && node != 0; node >>= 1) {
                last >>= 1;
            }
        } else {
            hash = node_hash(hash, p);
        }
        node >>= 1;
        last >>= 1;
    }
    if (last != 0) {  // 5
        return wrong_length(proof);
    }
    return hash == head.root ? Status() : Status(refused("the proof does not lead to the root"));
}

// 2.1.4.2, numbered as there.
Status check_consistency(const TreeHead& old_head, const TreeHead& head, const TreeProof& proof) {
    CS_TRY_STATUS(size_is_possible(head.size));
    if (old_head.size == 0 || old_head.size > head.size) {
        return refused(concat("a tree of ", head.size, " leaves does not begin with one of ", old_head.size));
    }
    if (old_head.size == head.size) {
        return !proof.empty()               ? Status(wrong_length(proof))
               : old_head.root == head.root ? Status()
                                            : Status(refused("two trees of one size have different roots"));
    }
    std::span<const Digest> path(proof);
    Digest first = old_head.root;  // 2
    if (!std::has_single_bit(old_head.size)) {
        if (path.empty()) {  // 1
            return wrong_length(proof);
        }
        first = path.front();
        path = path.subspan(1);
    }
    uint64_t node = old_head.size - 1;  // 3
    uint64_t last = head.size - 1;
    for (; (node & 1) != 0; node >>= 1) {  // 4
        last >>= 1;
    }
    Digest old_hash = first;  // 5
    Digest hash = first;
    for (const Digest& p : path) {  // 6
        if (last == 0) {
            return wrong_length(proof);
        }
        if ((node & 1) != 0 || node == last) {
            old_hash = node_hash(p, old_hash);
            hash = node_hash(p, hash);
            for (; (node & 1) == 0 && node != 0; node >>= 1) {
                last >>= 1;
            }
        } else {
            hash = node_hash(hash, p);
        }
        node >>= 1;
        last >>= 1;
    }
    if (last != 0) {  // 7
        return wrong_length(proof);
    }
    if (old_hash != old_head.root) {
        return refused("the proof does not lead to the older root");
    }
    return hash == head.root ? Status() : Status(refused("the proof does not lead to the newer root"));
}

}  // namespace countersign

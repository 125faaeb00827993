#include "core/log/frontier.h"

#include <bit>

#include "core/base/concat.h"

namespace countersign {

Result<TreeFrontier> TreeFrontier::from(uint64_t size, std::vector<Digest> hashes) {
    const auto wanted = static_cast<size_t>(std::popcount(size));
    if (size > kTreeSize_max || hashes.size() != wanted) {
        return fail(ErrorCode::invalid_argument,
                    concat("the edge of a tree of ", size, " leaves has ", wanted, " hashes, not ", hashes.size()));
    }
    TreeFrontier out;
    out.size_ = size;
    out.hashes_ = std::move(hashes);
    return out;
}

void TreeFrontier::append(const Digest& leaf_hash, std::vector<SubtreeHash>* completed) {
    CS_CHECK(size_ < kTreeSize_max);
    Digest hash = leaf_hash;
    Subtree subtree{0, size_};
    if (completed != nullptr) {
        completed->push_back({subtree, hash});
    }
    // As in binary addition: each full subtree to the left carries into one twice its size.
    for (; (subtree.index & 1) != 0; subtree = {subtree.level + 1, subtree.index >> 1}) {
        hash = node_hash(hashes_.back(), hash);
        hashes_.pop_back();
        if (completed != nullptr) {
            completed->push_back({{subtree.level + 1, subtree.index >> 1}, hash});
        }
    }
    hashes_.push_back(hash);
    ++size_;
}

Digest TreeFrontier::root() const {
    return size_ == 0 ? empty_root() : join(hashes_);
}

}  // namespace countersign

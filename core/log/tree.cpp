#include "core/log/tree.h"

#include <array>
#include <bit>
#include <cstring>

#include "core/base/concat.h"

namespace countersign {

Digest leaf_hash(std::string_view leaf) {
    return sha256(std::string_view("\x00", 1), leaf);
}

Digest node_hash(const Digest& left, const Digest& right) {
    std::array<char, 65> bytes;
    bytes[0] = 0x01;
    std::memcpy(bytes.data() + 1, left.bytes.data(), 32);
    std::memcpy(bytes.data() + 33, right.bytes.data(), 32);
    return sha256(std::string_view(bytes.data(), bytes.size()));
}

Digest empty_root() {
    return sha256(std::string_view());
}

std::vector<Subtree> subtrees_of(uint64_t begin, uint64_t end) {
    std::vector<Subtree> out;
    while (begin < end) {
        const uint64_t count = std::bit_floor(end - begin);
        const int level = std::countr_zero(count);
        CS_CHECK((begin & (count - 1)) == 0);
        out.push_back({static_cast<uint32_t>(level), begin >> level});
        begin += count;
    }
    return out;
}

Digest join(const std::vector<Digest>& hashes) {
    CS_CHECK(!hashes.empty());
    Digest out = hashes.back();
    for (size_t i = hashes.size() - 1; i > 0; --i) {
        out = node_hash(hashes[i - 1], out);
    }
    return out;
}

Result<Digest> root_of(uint64_t size, SubtreeHashes& hashes) {
    if (size > kTreeSize_max) {
        return fail(ErrorCode::invalid_argument, concat("a tree of ", size, " leaves is beyond what is allowed"));
    }
    if (size == 0) {
        return empty_root();
    }
    return join(CS_TRY(hashes.read(subtrees_of(0, size))));
}

}  // namespace countersign

#pragma once
// Sets of items as bits: intersections and their sizes, 64 items at a time. Internal to core/slices.

#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace countersign::slices {

class ItemSet {
public:
    explicit ItemSet(size_t items) : words_((items + 63) / 64, 0) {}

    void insert(size_t item) { words_[item / 64] |= uint64_t{1} << (item % 64); }

    int64_t size() const {
        int64_t out = 0;
        for (const uint64_t word : words_) {
            out += std::popcount(word);
        }
        return out;
    }

    // The size of the intersection.
    int64_t common(const ItemSet& other) const {
        int64_t out = 0;
        for (size_t i = 0; i < words_.size(); ++i) {
            out += std::popcount(words_[i] & other.words_[i]);
        }
        return out;
    }

    // This becomes the intersection of both.
    void assign_common(const ItemSet& a, const ItemSet& b) {
        for (size_t i = 0; i < words_.size(); ++i) {
            words_[i] = a.words_[i] & b.words_[i];
        }
    }

private:
    std::vector<uint64_t> words_;
};

}  // namespace countersign::slices

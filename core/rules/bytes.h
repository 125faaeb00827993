#pragma once
// Comparing and searching short texts, where rules spend their time. memcmp is a call, and in wasm a loop byte by byte;
// these look at eight bytes at once, or sixteen.

#include <cstdint>
#include <cstring>
#include <string_view>

namespace countersign::rules {

template <class Word>
inline Word word_at(const char* p) {
    Word word;
    std::memcpy(&word, p, sizeof word);
    return word;
}

// Contract: both have `size` bytes.
inline bool same_bytes(const char* a, const char* b, size_t size) {
    if (size >= 8) {
        for (size_t i = 0; i + 8 < size; i += 8) {
            if (word_at<uint64_t>(a + i) != word_at<uint64_t>(b + i)) {
                return false;
            }
        }
        return word_at<uint64_t>(a + size - 8) == word_at<uint64_t>(b + size - 8);
    }
    if (size >= 4) {
        return word_at<uint32_t>(a) == word_at<uint32_t>(b) &&
               word_at<uint32_t>(a + size - 4) == word_at<uint32_t>(b + size - 4);
    }
    for (size_t i = 0; i < size; ++i) {
        if (a[i] != b[i]) {
            return false;
        }
    }
    return true;
}

inline bool same_text(std::string_view a, std::string_view b) {
    return a.size() == b.size() && same_bytes(a.data(), b.data(), a.size());
}

inline bool begins_with(std::string_view text, std::string_view part) {
    return text.size() >= part.size() && same_bytes(text.data(), part.data(), part.size());
}

inline bool finishes_with(std::string_view text, std::string_view part) {
    return text.size() >= part.size() &&
           same_bytes(text.data() + (text.size() - part.size()), part.data(), part.size());
}

// Whether the part stands anywhere in the text. In the worst case it looks at every pair of places.
bool holds_text(std::string_view text, std::string_view part);

}  // namespace countersign::rules

#pragma once
// What the classifier sees of a text: words, pairs of neighbouring words and pieces of words, each with its count.
// Pieces let it read through typos ("lampost") and other languages' endings; pairs tell "parking permit" from
// "parking fine".
//
// Normal form: lower case (ASCII and Latin-1), apostrophes dropped, a run of digits becomes one 0, "!" and "?" count
// as words of their own, everything else parts words. Terms are prefixed by kind: "w:" word, "p:" pair, "c:" piece; a
// piece marks its word's start and end by "_".

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace countersign::demo {

struct TermOptions {
    bool pairs = true;
    uint32_t shortest_piece = 3;  // in code points, with the marks
    uint32_t longest_piece = 5;   // 0: no pieces
};

struct TermCount {
    std::string term;
    uint32_t count = 0;
};

// Ascending by term, byte for byte; no term twice.
using TermCounts = std::vector<TermCount>;

// `text` is valid UTF-8.
std::vector<std::string> words_of(std::string_view text);
TermCounts terms_of(std::string_view text, const TermOptions& options);

}  // namespace countersign::demo

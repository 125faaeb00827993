#pragma once
// The terms a model knows, and a text as a vector over them: TF-IDF, of Euclidean length one.
//
// weight(term) = (1 + ln count) * idf(term), idf = 1 + ln((1 + N) / (1 + documents with the term)), as in Manning,
// Raghavan and Schütze, "Introduction to Information Retrieval", 6.4.1, smoothed. idf is kept in millionths, the
// precision of the model file, so that a model predicts the same before it was written and after it was read.

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "demo/classifier/terms.h"

namespace countersign::demo {

struct Weighted {
    uint32_t index = 0;
    double weight = 0;
};

using SparseVector = std::vector<Weighted>;  // ascending by index; length one, or empty when no term is known

struct KnownTerm {
    std::string term;
    int64_t idf_millionths = 0;
};

class Vocabulary {
public:
    Vocabulary() = default;

    // `terms` ascending, none twice (as from terms()).
    explicit Vocabulary(std::vector<KnownTerm> terms) : terms_(std::move(terms)) {}

    // Every term of the documents. Rare ones stay: with a few hundred short texts, a word that was seen once is
    // evidence (dropping them cost 0.15 of log loss in cross-validation).
    static Vocabulary of(std::span<const TermCounts* const> documents);

    SparseVector vector_of(const TermCounts& document) const;

    const std::vector<KnownTerm>& terms() const { return terms_; }

private:
    std::vector<KnownTerm> terms_;
};

}  // namespace countersign::demo

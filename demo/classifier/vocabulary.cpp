#include "demo/classifier/vocabulary.h"

#include <cmath>
#include <map>

#include "demo/classifier/elementary.h"
#include "demo/classifier/millionths.h"

namespace countersign::demo {

Vocabulary Vocabulary::of(std::span<const TermCounts* const> documents) {
    std::map<std::string_view, uint32_t> document_counts;
    for (const TermCounts* document : documents) {
        for (const TermCount& term : *document) {
            ++document_counts[term.term];
        }
    }
    const auto total = static_cast<double>(documents.size());
    std::vector<KnownTerm> terms;
    for (const auto& [term, count] : document_counts) {
        terms.push_back({std::string(term), to_millionths(1 + natural_log((1 + total) / (1 + count)))});
    }
    return Vocabulary(std::move(terms));
}

SparseVector Vocabulary::vector_of(const TermCounts& document) const {
    SparseVector vector;
    double square_sum = 0;
    // Both lists ascend: one walk through them.
    size_t known = 0;
    for (const TermCount& term : document) {
        while (known < terms_.size() && terms_[known].term < term.term) {
            ++known;
        }
        if (known == terms_.size() || terms_[known].term != term.term) {
            continue;
        }
        const double weight = (1 + natural_log(term.count)) * from_millionths(terms_[known].idf_millionths);
        square_sum += weight * weight;
        vector.push_back({static_cast<uint32_t>(known), weight});
    }
    for (Weighted& entry : vector) {
        entry.weight /= std::sqrt(square_sum);
    }
    return vector;
}

}  // namespace countersign::demo

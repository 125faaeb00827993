#pragma once
// Examples as the learners take them: labels as numbers, texts as term counts, folds for cross-validation.

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "demo/classifier/candidate.h"
#include "demo/classifier/example.h"
#include "demo/classifier/temperature.h"

namespace countersign::demo {

inline constexpr uint32_t kFolds = 5;

class Corpus {
public:
    // `examples` are sorted by id and not empty.
    explicit Corpus(const std::vector<Example>& examples);

    // Ascending.
    const std::vector<std::string>& labels() const { return labels_; }

    // Trains on four fifths, scores the fifth that was left out, five times; then fits the temperature on these scores.
    // The k-th example of a label stands in fold k mod 5, so that each fold has its share of every label; references
    // are always trained on and never scored. The vocabulary is made anew for each fold: nothing of the part left out
    // is known to the model that scores it.
    CrossValidation cross_validate(const Candidate& candidate) const;

    // The candidate trained on everything.
    std::pair<Vocabulary, LinearWeights> train(const Candidate& candidate) const;

private:
    std::pair<Vocabulary, LinearWeights> train_on(const Candidate& candidate, const std::vector<TermCounts>& documents,
                                                  const std::vector<size_t>& members) const;
    std::vector<TermCounts> documents_of(const TermOptions& options) const;

    const std::vector<Example>* examples_;
    std::vector<std::string> labels_;
    std::vector<uint32_t> answers_;
    std::vector<uint32_t> folds_;
};

}  // namespace countersign::demo

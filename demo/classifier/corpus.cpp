#include "demo/classifier/corpus.h"

#include <algorithm>

#include "core/base/check.h"
#include "demo/classifier/millionths.h"

namespace countersign::demo {

Corpus::Corpus(const std::vector<Example>& examples) : examples_(&examples) {
    CS_CHECK(!examples.empty());
    for (const Example& example : examples) {
        labels_.push_back(example.label);
    }
    std::sort(labels_.begin(), labels_.end());
    labels_.erase(std::unique(labels_.begin(), labels_.end()), labels_.end());
    std::vector<uint32_t> seen(labels_.size());
    for (const Example& example : examples) {
        const auto at = std::lower_bound(labels_.begin(), labels_.end(), example.label);
        const auto answer = static_cast<uint32_t>(at - labels_.begin());
        answers_.push_back(answer);
        folds_.push_back(example.reference ? kFolds : seen[answer]++ % kFolds);
    }
}

std::vector<TermCounts> Corpus::documents_of(const TermOptions& options) const {
    std::vector<TermCounts> documents;
    for (const Example& example : *examples_) {
        documents.push_back(terms_of(example.text, options));
    }
    return documents;
}

std::pair<Vocabulary, LinearWeights> Corpus::train_on(const Candidate& candidate,
                                                      const std::vector<TermCounts>& documents,
                                                      const std::vector<size_t>& members) const {
    std::vector<const TermCounts*> chosen;
    for (const size_t member : members) {
        chosen.push_back(&documents[member]);
    }
    Vocabulary vocabulary = Vocabulary::of(chosen);
    Problem problem{{}, {}, labels_.size(), vocabulary.terms().size()};
    for (const size_t member : members) {
        problem.inputs.push_back(vocabulary.vector_of(documents[member]));
        problem.answers.push_back(answers_[member]);
    }
    LinearWeights weights = fit(candidate, problem);
    return {std::move(vocabulary), std::move(weights)};
}

CrossValidation Corpus::cross_validate(const Candidate& candidate) const {
    const std::vector<TermCounts> documents = documents_of(candidate.terms);
    std::vector<Scored> scored(documents.size());
    for (uint32_t fold = 0; fold < kFolds; ++fold) {
        std::vector<size_t> members;
        for (size_t i = 0; i < documents.size(); ++i) {
            if (folds_[i] != fold) {
                members.push_back(i);
            }
        }
        if (members.empty()) {
            continue;
        }
        const auto [vocabulary, weights] = train_on(candidate, documents, members);
        for (size_t i = 0; i < documents.size(); ++i) {
            if (folds_[i] == fold) {
                scored[i] = {scores_of(weights, vocabulary.vector_of(documents[i])), answers_[i]};
            }
        }
    }
    std::erase_if(scored, [](const Scored& one) { return one.scores.empty(); });
    CS_CHECK(!scored.empty());
    size_t right = 0;
    for (const Scored& one : scored) {
        right += largest(one.scores) == one.answer ? 1 : 0;
    }
    const int64_t temperature = to_millionths(fit_temperature(scored));
    return {candidate, temperature, to_millionths(mean_log_loss(scored, from_millionths(temperature))),
            to_millionths(static_cast<double>(right) / static_cast<double>(scored.size()))};
}

std::pair<Vocabulary, LinearWeights> Corpus::train(const Candidate& candidate) const {
    std::vector<size_t> everything;
    for (size_t i = 0; i < examples_->size(); ++i) {
        everything.push_back(i);
    }
    return train_on(candidate, documents_of(candidate.terms), everything);
}

}  // namespace countersign::demo

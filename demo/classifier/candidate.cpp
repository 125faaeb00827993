#include "demo/classifier/candidate.h"

#include "core/base/check.h"
#include "core/base/concat.h"
#include "core/base/ppm.h"
#include "demo/classifier/learners.h"
#include "demo/classifier/millionths.h"

namespace countersign::demo {

std::string_view name_of(Learner learner) {
    static constexpr std::string_view kNames[] = {"logistic", "complement_bayes", "both"};
    const auto index = static_cast<size_t>(learner);
    CS_CHECK(index < std::size(kNames));
    return kNames[index];
}

std::string description_of(const Candidate& candidate) {
    std::string text = concat(name_of(candidate.learner), ", words");
    if (candidate.terms.pairs) {
        text += " + pairs";
    }
    if (candidate.terms.longest_piece > 0) {
        text += concat(" + pieces ", candidate.terms.shortest_piece, "-", candidate.terms.longest_piece);
    }
    const auto decimal = [](int64_t millionths) { return to_decimal(Ppm{static_cast<int32_t>(millionths)}); };
    if (candidate.learner != Learner::complement_bayes) {
        text += concat(", l2 ", decimal(candidate.l2_millionths));
    }
    if (candidate.learner != Learner::logistic) {
        text += concat(", smoothing ", decimal(candidate.smoothing_millionths));
    }
    return text;
}

std::span<const Candidate> usual_candidates() {
    static constexpr TermOptions kWords{false, 0, 0};
    static constexpr TermOptions kPieces{false, 3, 5};
    static constexpr TermOptions kAll{true, 3, 5};
    static constexpr Candidate kCandidates[] = {
        {Learner::logistic, kWords, 300, 0},
        {Learner::logistic, kPieces, 300, 0},
        {Learner::logistic, kPieces, 1'000, 0},
        {Learner::logistic, kAll, 300, 0},
        {Learner::complement_bayes, kWords, 0, 300'000},
        {Learner::complement_bayes, kPieces, 0, 100'000},
        {Learner::complement_bayes, kPieces, 0, 300'000},
        {Learner::complement_bayes, kAll, 0, 100'000},
        {Learner::both, kWords, 300, 300'000},
        {Learner::both, kPieces, 300, 100'000},
        {Learner::both, kPieces, 300, 300'000},
        {Learner::both, kAll, 300, 100'000},
    };
    return kCandidates;
}

LinearWeights fit(const Candidate& candidate, const Problem& problem) {
    const double l2 = from_millionths(candidate.l2_millionths);
    const double smoothing = from_millionths(candidate.smoothing_millionths);
    if (candidate.learner == Learner::complement_bayes) {
        return fit_complement_bayes(problem, smoothing);
    }
    LinearWeights model = fit_logistic(problem, l2);
    if (candidate.learner == Learner::both) {
        const LinearWeights bayes = fit_complement_bayes(problem, smoothing);
        for (size_t i = 0; i < model.weights.size(); ++i) {
            model.weights[i] += bayes.weights[i];
        }
        for (size_t label = 0; label < model.labels; ++label) {
            model.bias[label] += bayes.bias[label];
        }
    }
    return model;
}

}  // namespace countersign::demo

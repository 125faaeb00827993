#pragma once
// The ways to train that are tried, and how each fared in cross-validation.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "demo/classifier/linear_model.h"
#include "demo/classifier/terms.h"

namespace countersign::demo {

enum class Learner : uint8_t {
    logistic,
    complement_bayes,
    both,  // the sum of their scores: a product of two opinions, and still one weight per feature and label
};

std::string_view name_of(Learner learner);

struct Candidate {
    Learner learner = Learner::logistic;
    TermOptions terms;
    int64_t l2_millionths = 0;         // of logistic; 0 without it
    int64_t smoothing_millionths = 0;  // of complement_bayes; 0 without it
};

// "both, words + pieces 3-5, l2 0.0003, smoothing 0.1": for reports.
std::string description_of(const Candidate& candidate);

// What the program tries, in this order.
std::span<const Candidate> usual_candidates();

LinearWeights fit(const Candidate& candidate, const Problem& problem);

// Out-of-fold results of one candidate, in millionths.
struct CrossValidation {
    Candidate candidate;
    int64_t temperature_millionths = 0;
    int64_t log_loss_millionths = 0;  // at that temperature
    int64_t accuracy_millionths = 0;
};

}  // namespace countersign::demo

#pragma once
// One weight per feature and label: what both learners produce, and how it becomes probabilities.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "demo/classifier/vocabulary.h"

namespace countersign::demo {

struct LinearWeights {
    size_t labels = 0;
    std::vector<double> weights;  // feature after feature, `labels` numbers each
    std::vector<double> bias;     // one a label
};

// What a learner learns from. `answers[i]` is the label's index of `inputs[i]`, below `labels`.
struct Problem {
    std::vector<SparseVector> inputs;
    std::vector<uint32_t> answers;
    size_t labels = 0;
    size_t features = 0;
};

// One number a label; larger means likelier.
std::vector<double> scores_of(const LinearWeights& model, const SparseVector& input);

// softmax(scores / temperature): from 0 to 1, their sum is 1 but for rounding.
std::vector<double> probabilities_of(std::span<const double> scores, double temperature);

// -ln of the probability of `answer` under softmax(scores / temperature); no underflow.
double log_loss_of(std::span<const double> scores, double temperature, uint32_t answer);

// Index of the largest; the first of equal ones.
uint32_t largest(std::span<const double> values);

}  // namespace countersign::demo

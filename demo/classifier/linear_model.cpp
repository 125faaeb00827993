#include "demo/classifier/linear_model.h"

#include <algorithm>

#include "demo/classifier/elementary.h"

namespace countersign::demo {

std::vector<double> scores_of(const LinearWeights& model, const SparseVector& input) {
    std::vector<double> scores = model.bias;
    for (const Weighted& entry : input) {
        const double* row = &model.weights[entry.index * model.labels];
        for (size_t label = 0; label < model.labels; ++label) {
            scores[label] += entry.weight * row[label];
        }
    }
    return scores;
}

std::vector<double> probabilities_of(std::span<const double> scores, double temperature) {
    const double top = *std::max_element(scores.begin(), scores.end());
    std::vector<double> probabilities;
    double sum = 0;
    for (const double score : scores) {
        probabilities.push_back(exponential((score - top) / temperature));
        sum += probabilities.back();
    }
    for (double& probability : probabilities) {
        probability /= sum;
    }
    return probabilities;
}

double log_loss_of(std::span<const double> scores, double temperature, uint32_t answer) {
    const double top = *std::max_element(scores.begin(), scores.end());
    double sum = 0;
    for (const double score : scores) {
        sum += exponential((score - top) / temperature);
    }
    return natural_log(sum) - ((scores[answer] - top) / temperature);
}

uint32_t largest(std::span<const double> values) {
    return static_cast<uint32_t>(std::max_element(values.begin(), values.end()) - values.begin());
}

}  // namespace countersign::demo

#include "core/base/check.h"
#include "demo/classifier/elementary.h"
#include "demo/classifier/learners.h"

namespace countersign::demo {

LinearWeights fit_complement_bayes(const Problem& problem, double smoothing) {
    CS_CHECK(smoothing > 0);
    const size_t labels = problem.labels;
    // 1. Sum of each feature's weight, for each label and over all.
    std::vector<double> per_label(problem.features * labels);
    std::vector<double> total(problem.features);
    for (size_t i = 0; i < problem.inputs.size(); ++i) {
        for (const Weighted& entry : problem.inputs[i]) {
            per_label[(entry.index * labels) + problem.answers[i]] += entry.weight;
            total[entry.index] += entry.weight;
        }
    }
    // 2. How common the feature is in everything but the label; the rarer there, the more it speaks for the label.
    LinearWeights model{labels, std::vector<double>(problem.features * labels), std::vector<double>(labels)};
    for (size_t label = 0; label < labels; ++label) {
        double sum = 0;
        for (size_t feature = 0; feature < problem.features; ++feature) {
            sum += total[feature] - per_label[(feature * labels) + label] + smoothing;
        }
        for (size_t feature = 0; feature < problem.features; ++feature) {
            const double elsewhere = total[feature] - per_label[(feature * labels) + label] + smoothing;
            model.weights[(feature * labels) + label] = -natural_log(elsewhere / sum);
        }
    }
    return model;
}

}  // namespace countersign::demo

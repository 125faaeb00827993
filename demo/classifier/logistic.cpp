#include <algorithm>

#include "core/base/check.h"
#include "demo/classifier/learners.h"
#include "demo/classifier/minimise.h"

namespace countersign::demo {

namespace {

// The numbers that are searched: the weights feature after feature, then the bias as one more row.
class LogisticObjective {
public:
    LogisticObjective(const Problem& problem, double l2) : problem_(&problem), l2_(l2) {}

    size_t size() const { return (problem_->features + 1) * problem_->labels; }

    double operator()(std::span<const double> at, std::span<double> gradient) const {
        double value = 0;
        for (size_t i = 0; i < at.size(); ++i) {
            gradient[i] = l2_ * at[i];
            value += 0.5 * l2_ * at[i] * at[i];
        }
        const double share = 1.0 / static_cast<double>(problem_->inputs.size());
        for (size_t i = 0; i < problem_->inputs.size(); ++i) {
            value += share * add_example(i, share, at, gradient);
        }
        return value;
    }

private:
    // The example's log loss; adds `share` of its gradient.
    double add_example(size_t i, double share, std::span<const double> at, std::span<double> gradient) const {
        const size_t labels = problem_->labels;
        const size_t bias = problem_->features * labels;
        std::vector<double> scores(at.begin() + static_cast<ptrdiff_t>(bias), at.end());
        for (const Weighted& entry : problem_->inputs[i]) {
            const double* row = &at[entry.index * labels];
            for (size_t label = 0; label < labels; ++label) {
                scores[label] += entry.weight * row[label];
            }
        }
        const uint32_t answer = problem_->answers[i];
        const double loss = log_loss_of(scores, 1, answer);
        std::vector<double> error = probabilities_of(scores, 1);
        error[answer] -= 1;
        for (size_t label = 0; label < labels; ++label) {
            gradient[bias + label] += share * error[label];
        }
        for (const Weighted& entry : problem_->inputs[i]) {
            double* row = &gradient[entry.index * labels];
            for (size_t label = 0; label < labels; ++label) {
                row[label] += share * entry.weight * error[label];
            }
        }
        return loss;
    }

    const Problem* problem_;
    double l2_;
};

}  // namespace

LinearWeights fit_logistic(const Problem& problem, double l2) {
    CS_CHECK(!problem.inputs.empty() && l2 > 0);
    const LogisticObjective objective(problem, l2);
    std::vector<double> found = minimise(objective, objective.size(), {});
    const auto bias = found.begin() + static_cast<ptrdiff_t>(problem.features * problem.labels);
    LinearWeights model{problem.labels, {}, std::vector<double>(bias, found.end())};
    found.erase(bias, found.end());
    model.weights = std::move(found);
    return model;
}

}  // namespace countersign::demo

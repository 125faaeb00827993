#pragma once
// The iteration that all models with P(answer | truth) share: counts of answers weighted by the posterior, what a model
// makes of them (its own file), the posterior from that. Internal to core/consensus.
//
// Arrays of reviewers are flat, [reviewer][answer][truth]: an answer reads the neighbouring numbers of all truths, in
// both steps. Memory is allocated once, 16 bytes for each of items x labels and reviewers x labels^2 at most.

#include <cmath>
#include <cstddef>
#include <span>
#include <vector>

#include "core/consensus/consensus.h"

namespace countersign::consensus {

struct IterationLimits {
    size_t iterations = 200;
    double change = 1e-6;  // stop when no posterior moves by more
};

// What is known besides the answers. Everything may be empty.
struct Evidence {
    std::span<const KnownTruth> known = {};
    // Per item ln of a model's probabilities, item-major, calibrated: they stand in the place of the class prior (the
    // model as one more voter; Kerrigan, Smyth and Steyvers 2021).
    std::span<const double> log_model = {};
    // An earlier posterior to start from instead of the shares of votes: as many items as it has, from the first.
    std::span<const double> start = {};
};

class Expectation {
public:
    // CS_CHECKs that evidence fits the table.
    Expectation(const stats::AnswerTable& table, const Evidence& evidence);

    size_t labels() const { return labels_; }

    size_t reviewers() const { return table_.reviewers(); }

    // Of this reviewer and answer, by truth.
    std::span<const double> counts(size_t reviewer, size_t answer) const {
        return std::span(counts_).subspan(((reviewer * labels_) + answer) * labels_, labels_);
    }

    std::span<double> log_likelihood(size_t reviewer, size_t answer) {
        return std::span(log_likelihood_).subspan(((reviewer * labels_) + answer) * labels_, labels_);
    }

    // Of the items with answers, and how many these are.
    std::span<const double> class_counts() const { return class_counts_; }

    double answered() const { return answered_; }

    std::span<double> log_prior() { return log_prior_; }

    // One round: count, let the model write log_likelihood and log_prior, infer. The largest change of a posterior.
    template <class Model>
    double step(Model& model) {
        count();
        model(*this);
        return infer();
    }

    template <class Model>
    void run(const IterationLimits& limits, Model& model) {
        for (size_t i = 0; i < limits.iterations && !converged_; ++i) {
            converged_ = step(model) < limits.change;
            ++iterations_;
        }
    }

    // Everything that it found, moved out.
    Consensus take(Method method, std::vector<double> skill) &&;

private:
    void count();
    double infer();
    double infer_item(size_t item, std::span<double> logs);
    void fix_known();

    const stats::AnswerTable& table_;
    const Evidence evidence_;
    const size_t labels_;
    double answered_ = 0;
    size_t iterations_ = 0;
    bool converged_ = false;
    std::vector<double> posterior_;
    std::vector<double> class_counts_;
    std::vector<double> counts_;
    std::vector<double> log_likelihood_;
    std::vector<double> log_prior_;
    std::vector<int64_t> known_;  // label of each item, or -1; empty when none is known
};

}  // namespace countersign::consensus

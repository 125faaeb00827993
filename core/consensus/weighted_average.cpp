#include "core/consensus/weighted_average.h"

#include <algorithm>
#include <cmath>

#include "core/consensus/majority.h"

namespace countersign::consensus {

namespace {

constexpr double kAnswers = 15;  // of the prior on a reviewer's precision

// One label against the others.
class OneLabel {
public:
    OneLabel(const stats::AnswerTable& table, size_t label, const std::vector<double>& shares)
        : table_(table), label_(label), z_(table.items()), precision_(table.reviewers()), answers_(table.reviewers()) {
        double spread = 0;
        for (size_t item = 0; item < z_.size(); ++item) {
            z_[item] = shares[(item * table.labels()) + label];
            if (!table.of_item(item).empty()) {
                spread += z_[item] * (1 - z_[item]);
                answered_ += 1;
            }
        }
        for (const stats::Answer& answer : table.all()) {
            answers_[answer.reviewer] += 1;
        }
        const double labels = static_cast<double>(table.labels());
        // Where all agree about everything: a precision that is large, not infinite.
        scale_ = std::max(1e-6, kAnswers * spread / std::max(1.0, answered_) * 4 * (1 - (1 / labels)));
    }

    // The largest change of z.
    double step() {
        std::ranges::fill(precision_, scale_);
        double mean = 0;
        for (size_t item = 0; item < z_.size(); ++item) {
            const std::span<const stats::Answer> answers = table_.of_item(item);
            mean += answers.empty() ? 0 : z_[item];
            for (const stats::Answer& answer : answers) {
                const double error = z_[item] - (answer.label == label_ ? 1 : 0);
                precision_[answer.reviewer] += error * error;
            }
        }
        mean /= std::max(1.0, answered_);
        for (size_t j = 0; j < precision_.size(); ++j) {
            precision_[j] = (kAnswers + answers_[j]) / precision_[j];
        }
        return average(mean);
    }

    double at(size_t item) const { return z_[item]; }

private:
    double average(double mean) {
        double change = 0;
        for (size_t item = 0; item < z_.size(); ++item) {
            if (table_.of_item(item).empty()) {
                continue;
            }
            double sum = mean;
            double weight = 1;
            for (const stats::Answer& answer : table_.of_item(item)) {
                weight += precision_[answer.reviewer];
                sum += answer.label == label_ ? precision_[answer.reviewer] : 0;
            }
            change = std::max(change, std::abs((sum / weight) - z_[item]));
            z_[item] = sum / weight;
        }
        return change;
    }

    const stats::AnswerTable& table_;
    size_t label_;
    double scale_ = 0;
    double answered_ = 0;
    std::vector<double> z_;
    std::vector<double> precision_;
    std::vector<double> answers_;
};

}  // namespace

Consensus weighted_average(const stats::AnswerTable& table, const IterationLimits& limits) {
    Consensus out = majority_vote(table);
    out.method = Method::weighted_average;
    const std::vector<double> shares = out.posterior;
    for (size_t label = 0; label < out.labels; ++label) {
        OneLabel one(table, label, shares);
        bool converged = false;
        size_t i = 0;
        for (; i < limits.iterations && !converged; ++i) {
            converged = one.step() < limits.change;
        }
        out.iterations = std::max(out.iterations, i);
        out.converged = out.converged && converged;
        for (size_t item = 0; item < table.items(); ++item) {
            out.posterior[(item * out.labels) + label] = one.at(item);
        }
    }
    std::vector<double> answers(table.reviewers(), 0);
    std::ranges::fill(out.skill, 0);
    for (size_t item = 0; item < table.items(); ++item) {
        const std::span<double> z = std::span(out.posterior).subspan(item * out.labels, out.labels);
        double sum = 0;
        for (const double p : z) {
            sum += p;
        }
        for (double& p : z) {
            p /= sum;
        }
        for (const stats::Answer& answer : table.of_item(item)) {
            out.skill[answer.reviewer] += z[answer.label];
            answers[answer.reviewer] += 1;
        }
    }
    for (size_t j = 0; j < answers.size(); ++j) {
        out.skill[j] /= std::max(1.0, answers[j]);
    }
    out.class_prior = class_shares(table, out.posterior);
    return out;
}

}  // namespace countersign::consensus

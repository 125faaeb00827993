#include "core/consensus/glad.h"

#include <algorithm>
#include <cmath>

#include "core/consensus/majority.h"
#include "core/stats/elementary.h"
#include "core/stats/logistic.h"

namespace countersign::consensus {

namespace {

constexpr double kMean = 1;  // of the priors, whose variance is 1 too

class Glad {
public:
    explicit Glad(const stats::AnswerTable& table)
        : table_(table),
          labels_(table.labels()),
          posterior_(vote_shares(table)),
          ability_(table.reviewers(), kMean),
          log_ease_(table.items(), kMean),
          ease_(table.items(), stats::exp(kMean)),
          slope_(table.reviewers()),
          curve_(table.reviewers()) {}

    double step() {
        move_abilities();
        move_eases();
        return infer();
    }

    Consensus take(size_t iterations, bool converged) && {
        Consensus out = majority_vote(table_);
        out.method = Method::glad;
        out.iterations = iterations;
        out.converged = converged;
        std::ranges::fill(out.skill, 0);
        std::vector<double> answers(ability_.size(), 0);
        for (const stats::Answer& answer : table_.all()) {
            out.skill[answer.reviewer] += right(answer);
            answers[answer.reviewer] += 1;
        }
        for (size_t j = 0; j < answers.size(); ++j) {
            out.skill[j] = answers[j] > 0 ? out.skill[j] / answers[j] : stats::sigmoid(ability_[j] * stats::exp(kMean));
        }
        out.log_prior.assign(labels_, -stats::log(static_cast<double>(labels_)));
        out.class_prior = class_shares(table_, posterior_);
        out.posterior = std::move(posterior_);
        out.ability = std::move(ability_);
        out.ease = std::move(ease_);
        return out;
    }

private:
    double right(const stats::Answer& answer) const {
        return stats::sigmoid(ability_[answer.reviewer] * ease_[answer.item]);
    }

    double believed(const stats::Answer& answer) const { return posterior_[(answer.item * labels_) + answer.label]; }

    void move_abilities() {
        std::ranges::fill(slope_, 0);
        std::ranges::fill(curve_, 1);
        for (const stats::Answer& answer : table_.all()) {
            const double p = right(answer);
            const double ease = ease_[answer.item];
            slope_[answer.reviewer] += (believed(answer) - p) * ease;
            curve_[answer.reviewer] += p * (1 - p) * ease * ease;
        }
        for (size_t j = 0; j < ability_.size(); ++j) {
            ability_[j] += std::clamp((slope_[j] + kMean - ability_[j]) / curve_[j], -1.0, 1.0);
        }
    }

    void move_eases() {
        for (size_t item = 0; item < log_ease_.size(); ++item) {
            double slope = kMean - log_ease_[item];
            double curve = 1;
            for (const stats::Answer& answer : table_.of_item(item)) {
                const double p = right(answer);
                const double x = ability_[answer.reviewer] * ease_[item];
                slope += (believed(answer) - p) * x;
                curve += p * (1 - p) * x * x;
            }
            log_ease_[item] += std::clamp(slope / curve, -1.0, 1.0);
            ease_[item] = stats::exp(log_ease_[item]);
        }
    }

    double infer() {
        // ln (1 - p) / (C - 1) against ln p differ by alpha beta + ln (C - 1): that is all a vote adds to its label.
        const double others = labels_ > 1 ? stats::log(static_cast<double>(labels_ - 1)) : 0;
        double change = 0;
        std::vector<double> logs(labels_);
        for (size_t item = 0; item < log_ease_.size(); ++item) {
            std::ranges::fill(logs, 0);
            for (const stats::Answer& answer : table_.of_item(item)) {
                logs[answer.label] += (ability_[answer.reviewer] * ease_[item]) + others;
            }
            stats::softmax(logs);
            double* z = posterior_.data() + (item * labels_);
            for (size_t k = 0; k < labels_; ++k) {
                change = std::max(change, std::abs(logs[k] - z[k]));
                z[k] = logs[k];
            }
        }
        return change;
    }

    const stats::AnswerTable& table_;
    size_t labels_;
    std::vector<double> posterior_;
    std::vector<double> ability_;
    std::vector<double> log_ease_;
    std::vector<double> ease_;
    std::vector<double> slope_;
    std::vector<double> curve_;
};

}  // namespace

Consensus glad(const stats::AnswerTable& table, const IterationLimits& limits) {
    Glad model(table);
    bool converged = false;
    size_t iterations = 0;
    for (; iterations < limits.iterations && !converged; ++iterations) {
        converged = model.step() < limits.change;
    }
    return std::move(model).take(iterations, converged);
}

}  // namespace countersign::consensus

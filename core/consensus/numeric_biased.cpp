#include <algorithm>
#include <cmath>

#include "core/consensus/numeric.h"
#include "core/stats/special.h"

namespace countersign::consensus {

namespace {

constexpr double kPrior = 50;  // a of the inverse gamma prior on a reviewer's variance: worth twice as many answers
constexpr double kLeast = 1e-12;

class Biased {
public:
    Biased(const NumericTable& table, NumericConsensus& out)
        : table_(table), out_(out), answers_(table.reviewers(), 0), sum_(table.reviewers()) {
        out_.bias.assign(table.reviewers(), 0);
        variance_.assign(table.reviewers(), 1);
        for (const NumericAnswer& answer : table.all()) {
            answers_[answer.reviewer] += 1;
        }
    }

    double step() {
        estimate_bias();
        estimate_variance();
        return estimate_values();
    }

private:
    // The mean residual times tau^2 / (tau^2 + v/n): 0 of a reviewer without answers.
    void estimate_bias() {
        std::ranges::fill(sum_, 0);
        for (const NumericAnswer& answer : table_.all()) {
            sum_[answer.reviewer] += answer.value - out_.value[answer.item];
        }
        double spread = 0;
        double reviewers = 0;
        for (size_t j = 0; j < sum_.size(); ++j) {
            if (answers_[j] > 0) {
                const double mean = sum_[j] / answers_[j];
                spread += mean * mean;
                reviewers += 1;
            }
        }
        spread = std::max(spread / std::max(reviewers, 1.0), kLeast);
        for (size_t j = 0; j < sum_.size(); ++j) {
            out_.bias[j] = sum_[j] / (answers_[j] + (variance_[j] / spread));
        }
        center();
    }

    // A bias that all have is no bias: answers cannot tell it from the truth. Over answers it is 0.
    void center() {
        double sum = 0;
        for (size_t j = 0; j < answers_.size(); ++j) {
            sum += out_.bias[j] * answers_[j];
        }
        const double common = sum / std::max(1.0, static_cast<double>(table_.all().size()));
        for (double& bias : out_.bias) {
            bias -= common;
        }
    }

    void estimate_variance() {
        std::ranges::fill(sum_, 0);
        double whole = 0;
        for (const NumericAnswer& answer : table_.all()) {
            const double error = answer.value - out_.value[answer.item] - out_.bias[answer.reviewer];
            sum_[answer.reviewer] += error * error;
            whole += error * error;
        }
        const double mean = std::max(whole / std::max(1.0, static_cast<double>(table_.all().size())), kLeast);
        for (size_t j = 0; j < sum_.size(); ++j) {
            variance_[j] = (sum_[j] + (2 * kPrior * mean)) / (answers_[j] + (2 * kPrior));
            out_.weight[j] = 1 / variance_[j];
        }
    }

    double estimate_values() {
        double change = 0;
        for (size_t item = 0; item < table_.items(); ++item) {
            double sum = 0;
            double precision = 0;
            for (const NumericAnswer& answer : table_.of_item(item)) {
                sum += out_.weight[answer.reviewer] * (answer.value - out_.bias[answer.reviewer]);
                precision += out_.weight[answer.reviewer];
            }
            if (precision > 0) {
                change = std::max(change, std::abs((sum / precision) - out_.value[item]));
                out_.value[item] = sum / precision;
                out_.half_width[item] = stats::normal_quantile(0.975) / std::sqrt(precision);
            }
        }
        return change;
    }

    const NumericTable& table_;
    NumericConsensus& out_;
    std::vector<double> answers_;
    std::vector<double> sum_;
    std::vector<double> variance_;
};

}  // namespace

NumericConsensus biased_reviewers(const NumericTable& table, const IterationLimits& limits) {
    NumericConsensus out = numeric_mean(table);
    out.half_width = out.value;
    Biased model(table, out);
    bool converged = false;
    for (; out.iterations < limits.iterations && !converged; ++out.iterations) {
        converged = model.step() < limits.change;
    }
    return out;
}

}  // namespace countersign::consensus

#include "core/consensus/expectation.h"

#include <algorithm>

#include "core/base/check.h"
#include "core/consensus/majority.h"
#include "core/stats/logistic.h"

namespace countersign::consensus {

Expectation::Expectation(const stats::AnswerTable& table, const Evidence& evidence)
    : table_(table),
      evidence_(evidence),
      labels_(table.labels()),
      posterior_(vote_shares(table)),
      class_counts_(labels_, 0),
      counts_(table.reviewers() * labels_ * labels_, 0),
      log_likelihood_(counts_.size(), 0),
      log_prior_(labels_, 0) {
    CS_CHECK(evidence.log_model.empty() || evidence.log_model.size() == posterior_.size());
    CS_CHECK(evidence.start.size() <= posterior_.size() && evidence.start.size() % labels_ == 0);
    std::ranges::copy(evidence.start, posterior_.begin());
    if (!evidence.known.empty()) {
        known_.assign(table.items(), -1);
        for (const KnownTruth& known : evidence.known) {
            CS_CHECK(known.item < table.items() && known.label < labels_);
            known_[known.item] = known.label;
        }
        fix_known();
    }
    for (size_t item = 0; item < table.items(); ++item) {
        answered_ += table.of_item(item).empty() ? 0 : 1;
    }
}

void Expectation::fix_known() {
    for (size_t item = 0; item < known_.size(); ++item) {
        if (known_[item] >= 0) {
            const std::span<double> row = std::span(posterior_).subspan(item * labels_, labels_);
            std::ranges::fill(row, 0);
            row[static_cast<size_t>(known_[item])] = 1;
        }
    }
}

void Expectation::count() {
    std::ranges::fill(counts_, 0);
    std::ranges::fill(class_counts_, 0);
    for (size_t item = 0; item < table_.items(); ++item) {
        const std::span<const stats::Answer> answers = table_.of_item(item);
        if (answers.empty()) {
            continue;  // says nothing about classes: it would only hold the prior where it is
        }
        const double* z = posterior_.data() + (item * labels_);
        for (size_t k = 0; k < labels_; ++k) {
            class_counts_[k] += z[k];
        }
        for (const stats::Answer& answer : answers) {
            double* n = counts_.data() + (((answer.reviewer * labels_) + answer.label) * labels_);
            for (size_t k = 0; k < labels_; ++k) {
                n[k] += z[k];
            }
        }
    }
}

double Expectation::infer() {
    std::vector<double> logs(labels_);
    double change = 0;
    for (size_t item = 0; item < table_.items(); ++item) {
        if (known_.empty() || known_[item] < 0) {
            change = std::max(change, infer_item(item, logs));
        }
    }
    return change;
}

double Expectation::infer_item(size_t item, std::span<double> logs) {
    const double* prior =
        evidence_.log_model.empty() ? log_prior_.data() : evidence_.log_model.data() + (item * labels_);
    std::copy_n(prior, labels_, logs.begin());
    for (const stats::Answer& answer : table_.of_item(item)) {
        const double* said = log_likelihood_.data() + (((answer.reviewer * labels_) + answer.label) * labels_);
        for (size_t k = 0; k < labels_; ++k) {
            logs[k] += said[k];
        }
    }
    stats::softmax(logs);
    double* z = posterior_.data() + (item * labels_);
    double change = 0;
    for (size_t k = 0; k < labels_; ++k) {
        change = std::max(change, std::abs(logs[k] - z[k]));
        z[k] = logs[k];
    }
    return change;
}

Consensus Expectation::take(Method method, std::vector<double> skill) && {
    Consensus out{.method = method,
                  .labels = labels_,
                  .posterior = std::move(posterior_),
                  .skill = std::move(skill),
                  .log_likelihood = std::move(log_likelihood_),
                  .log_prior = std::move(log_prior_),
                  .iterations = iterations_,
                  .converged = converged_};
    out.class_prior = class_shares(table_, out.posterior);
    if (!evidence_.log_model.empty()) {
        out.log_prior.assign(evidence_.log_model.begin(), evidence_.log_model.end());
    }
    return out;
}

}  // namespace countersign::consensus

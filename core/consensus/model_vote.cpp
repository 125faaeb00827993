#include "core/consensus/model_vote.h"

#include <algorithm>

#include "core/base/check.h"
#include "core/stats/elementary.h"
#include "core/stats/special.h"

namespace countersign::consensus {

void log_softmax(std::span<const double> logits, double temperature, std::span<double> out) {
    CS_CHECK(temperature > 0 && logits.size() == out.size());
    for (size_t k = 0; k < logits.size(); ++k) {
        out[k] = logits[k] / temperature;
    }
    const double sum = stats::log_sum_exp(out);
    for (double& log : out) {
        log -= sum;
    }
}

PooledConfusions::PooledConfusions(size_t labels, double smoothing)
    : labels_(labels), counts_(labels * labels, smoothing), rows_(labels, smoothing * static_cast<double>(labels)) {
    CS_CHECK(labels > 0 && smoothing > 0);
}

void PooledConfusions::add_answers(uint32_t truth, uint32_t answer, double count) {
    CS_CHECK(truth < labels_ && answer < labels_ && count >= 0);
    counts_[(truth * labels_) + answer] += count;
    rows_[truth] += count;
}

double PooledConfusions::log_likelihood(uint32_t truth, uint32_t answer) const {
    CS_CHECK(truth < labels_ && answer < labels_);
    return stats::log(counts_[(truth * labels_) + answer] / rows_[truth]);
}

RunningPosterior::RunningPosterior(std::span<const double> log_prior) : logs_(log_prior.begin(), log_prior.end()) {
    CS_CHECK(!logs_.empty());
}

void RunningPosterior::add(std::span<const double> log_likelihood) {
    CS_CHECK(log_likelihood.size() == logs_.size());
    for (size_t k = 0; k < logs_.size(); ++k) {
        logs_[k] += log_likelihood[k];
    }
    ++votes_;
}

void RunningPosterior::add(const PooledConfusions& confusions, uint32_t vote) {
    CS_CHECK(confusions.labels() == logs_.size());
    for (size_t k = 0; k < logs_.size(); ++k) {
        logs_[k] += confusions.log_likelihood(static_cast<uint32_t>(k), vote);
    }
    ++votes_;
}

std::vector<double> RunningPosterior::probabilities() const {
    const double sum = stats::log_sum_exp(logs_);
    std::vector<double> out(logs_.size());
    for (size_t k = 0; k < out.size(); ++k) {
        out[k] = stats::exp(logs_[k] - sum);
    }
    return out;
}

double RunningPosterior::certainty() const {
    return stats::exp(logs_[label()] - stats::log_sum_exp(logs_));
}

uint32_t RunningPosterior::label() const {
    return static_cast<uint32_t>(std::ranges::max_element(logs_) - logs_.begin());
}

AskNext ask_next(const RunningPosterior& posterior, const StoppingRule& rule) {
    if (posterior.votes() >= rule.least_votes && posterior.certainty() >= rule.certainty) {
        return AskNext::enough;
    }
    return posterior.votes() >= rule.most_votes ? AskNext::out_of_votes : AskNext::another;
}

}  // namespace countersign::consensus

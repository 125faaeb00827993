#include "core/audit/confidence_sequence.h"

#include <algorithm>
#include <cmath>

#include "core/base/check.h"
#include "core/stats/elementary.h"

namespace countersign::audit {

namespace {

constexpr int kSteps = 1000;
// No bet risks more than half of the capital.
constexpr double kMostRisked = 0.5;

}  // namespace

ConfidenceSequence::ConfidenceSequence(double delta)
    : log_goal_(stats::log(2 / delta)), log_numerator_(2 * stats::log(2 / delta)) {
    CS_CHECK(delta > 0 && delta < 1);
    for (int i = 1; i < kSteps; ++i) {
        const double root = static_cast<double>(i) / kSteps;
        candidates_.push_back({.rate = root * root});
    }
}

double ConfidenceSequence::next_bet() const {
    const auto next = static_cast<double>(count_ + 1);
    const double variance = squares_ / next;
    return std::sqrt(log_numerator_ / (variance * next * stats::log1p(next)));
}

void ConfidenceSequence::observe(double loss) {
    CS_CHECK(loss >= 0 && loss <= 1);
    const double bet = next_bet();
    for (Candidate& candidate : candidates_) {
        const double off = loss - candidate.rate;
        candidate.log_above += stats::log1p(std::min(bet, kMostRisked / candidate.rate) * off);
        candidate.log_below += stats::log1p(-std::min(bet, kMostRisked / (1 - candidate.rate)) * off);
    }
    const auto refuted_above = [this](const Candidate& one) { return one.log_above >= log_goal_; };
    const auto refuted_below = [this](const Candidate& one) { return one.log_below >= log_goal_; };
    // What is refuted from one side lies on that side of what is left: the interval, never a set with holes.
    while (!candidates_.empty() && refuted_above(candidates_.front())) {
        lower_ = candidates_.front().rate;
        candidates_.erase(candidates_.begin());
    }
    while (!candidates_.empty() && refuted_below(candidates_.back())) {
        upper_ = candidates_.back().rate;
        candidates_.pop_back();
    }
    ++count_;
    total_ += loss;
    sum_ += loss;
    const double mean = sum_ / static_cast<double>(count_ + 1);
    squares_ += (loss - mean) * (loss - mean);
}

double ConfidenceSequence::mean() const {
    return count_ == 0 ? 0 : total_ / static_cast<double>(count_);
}

double ConfidenceSequence::lower() const {
    return lower_;
}

double ConfidenceSequence::upper() const {
    return upper_;
}

}  // namespace countersign::audit

#include "core/audit/alarm.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <span>

#include "core/base/check.h"
#include "core/stats/elementary.h"
#include "core/stats/special.h"

namespace countersign::audit {

namespace {

constexpr double kMinusInfinity = -std::numeric_limits<double>::infinity();

void check_rate(double eps0) {
    CS_CHECK(eps0 > 0 && eps0 < 1);
}

// ln of B(a, b) times the part of Beta(a, b) above eps0.
double log_above(double eps0, double a, double b) {
    check_rate(eps0);
    return stats::log_beta(a, b) + stats::log_beta_tail(eps0, a, b);
}

double log_mean(std::span<const double> logs) {
    return stats::log_sum_exp(logs) - stats::log(static_cast<double>(logs.size()));
}

}  // namespace

BetaMixtureAlarm::BetaMixtureAlarm(double eps0, double a, double b)
    : eps0_(eps0), a_(a), b_(b), log_prior_(log_above(eps0, a, b)) {}

double BetaMixtureAlarm::log_e() const {
    const auto wrong = static_cast<double>(wrong_);
    const auto right = static_cast<double>(right_);
    return log_above(eps0_, a_ + wrong, b_ + right) - log_prior_ - (wrong * stats::log(eps0_)) -
           (right * stats::log1p(-eps0_));
}

bool BetaMixtureAlarm::alarmed(double alpha) const {
    return log_e() >= -stats::log(alpha);
}

WeightedAlarm::WeightedAlarm(double eps0) : eps0_(eps0), highest_(0) {
    check_rate(eps0);
    double bet = 1 / eps0;
    for (double& one : bets_) {
        bet /= 2;
        one = bet;
    }
}

void WeightedAlarm::observe_audited(Ppm propensity, double loss) {
    CS_CHECK(propensity.value > 0 && loss >= 0 && loss <= 1);
    const double estimate = loss / propensity.as_double();
    for (size_t i = 0; i < kBets; ++i) {
        log_capitals_[i] += stats::log1p(bets_[i] * (estimate - eps0_));
    }
    highest_ = std::max(highest_, log_e());
}

void WeightedAlarm::observe_unaudited(int64_t items) {
    for (size_t i = 0; i < kBets; ++i) {
        log_capitals_[i] += static_cast<double>(items) * stats::log1p(-bets_[i] * eps0_);
    }
}

double WeightedAlarm::log_e() const {
    return log_mean(log_capitals_);
}

bool WeightedAlarm::alarmed(double alpha) const {
    return highest_ >= -stats::log(alpha);
}

ChangeAlarm::ChangeAlarm(double eps0) : eps0_(eps0) {
    check_rate(eps0);
    constexpr std::array<double, kBets> kParts{0.1, 0.2, 0.4, 0.6, 0.8};
    for (size_t i = 0; i < kBets; ++i) {
        bets_[i] = kParts[i] / eps0;
    }
    restart();
}

void ChangeAlarm::observe(double loss) {
    CS_CHECK(loss >= 0 && loss <= 1);
    for (size_t i = 0; i < kBets; ++i) {
        // M + 1 without leaving the logarithm.
        const double high = std::max(log_sums_[i], 0.0);
        const double low = std::min(log_sums_[i], 0.0);
        log_sums_[i] = high + stats::log1p(stats::exp(low - high)) + stats::log1p(bets_[i] * (loss - eps0_));
    }
}

double ChangeAlarm::log_level() const {
    return log_mean(log_sums_);
}

bool ChangeAlarm::alarmed(double level) const {
    return log_level() >= stats::log(level);
}

void ChangeAlarm::restart() {
    log_sums_.fill(kMinusInfinity);
}

WeightedChangeAlarm::WeightedChangeAlarm(double eps0) : eps0_(eps0) {
    check_rate(eps0);
    double bet = 1 / eps0;
    for (double& one : bets_) {
        bet /= 2;
        one = bet;
    }
    log_sums_.fill(kMinusInfinity);
}

void WeightedChangeAlarm::observe(int64_t unaudited, Ppm propensity, double loss) {
    CS_CHECK(unaudited >= 0 && propensity.value > 0 && loss >= 0 && loss <= 1);
    const double estimate = loss / propensity.as_double();
    for (size_t i = 0; i < kBets; ++i) {
        const double factor = static_cast<double>(unaudited) * stats::log1p(-bets_[i] * eps0_) +
                              stats::log1p(bets_[i] * (estimate - eps0_));
        // M + 1 without leaving the logarithm.
        const double high = std::max(log_sums_[i], 0.0);
        const double low = std::min(log_sums_[i], 0.0);
        log_sums_[i] = high + stats::log1p(stats::exp(low - high)) + factor;
        if (cut_sums_[i] <= 0) {
            cut_sums_[i] = 0;
            cut_at_[i] = blocks_;
        }
        cut_sums_[i] += factor;
    }
    ++blocks_;
}

double WeightedChangeAlarm::log_level() const {
    return log_mean(log_sums_);
}

int64_t WeightedChangeAlarm::quiet_until() const {
    const double most = *std::max_element(cut_sums_.begin(), cut_sums_.end());
    int64_t out = blocks_;
    for (size_t i = 0; i < kBets; ++i) {
        out = cut_sums_[i] >= most / 2 ? std::min(out, cut_at_[i]) : out;
    }
    return out;
}

}  // namespace countersign::audit

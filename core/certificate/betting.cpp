#include "core/certificate/betting.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

#include "core/base/check.h"
#include "core/certificate/bisect.h"
#include "core/stats/elementary.h"

namespace countersign::certificate {

namespace {

// The share of the capital that is bet on each loss. Each rests on the losses before it only.
std::vector<double> bets_of(std::span<const double> losses, double delta) {
    std::vector<double> bets;
    bets.reserve(losses.size());
    const double numerator = -2 * stats::log(delta) / static_cast<double>(losses.size());
    double sum = 0.5;
    double squares = 0.25;
    for (size_t i = 0; i < losses.size(); ++i) {
        const double variance = squares / static_cast<double>(i + 1);
        bets.push_back(std::min(1.0, std::sqrt(numerator / variance)));
        sum += losses[i];
        const double mean = sum / static_cast<double>(i + 2);
        squares += (losses[i] - mean) * (losses[i] - mean);
    }
    return bets;
}

// Whether the capital against "the mean is at least `mean`" ever reaches exp(log_goal). It grows with `mean`.
bool refuted(std::span<const double> losses, std::span<const double> bets, double mean, double log_goal) {
    double log_capital = 0;
    for (size_t i = 0; i < losses.size(); ++i) {
        log_capital += stats::log1p(-bets[i] * (losses[i] - mean));
        if (log_capital >= log_goal) {
            return true;
        }
    }
    return false;
}

void check(std::span<const double> losses, double delta) {
    CS_CHECK(delta > 0 && delta < 1);
    CS_CHECK(std::ranges::all_of(losses, [](double loss) { return loss >= 0 && loss <= 1; }));
}

}  // namespace

bool betting_refutes(std::span<const double> losses, double mean, double delta) {
    check(losses, delta);
    return refuted(losses, bets_of(losses, delta), mean, -stats::log(delta));
}

double betting_upper(std::span<const double> losses, double delta) {
    check(losses, delta);
    const std::vector<double> bets = bets_of(losses, delta);
    const double log_goal = -stats::log(delta);
    return first_true(0, 1, [&](double mean) { return refuted(losses, bets, mean, log_goal); });
}

double betting_lower(std::span<const double> losses, double delta) {
    std::vector<double> gains;
    gains.reserve(losses.size());
    for (const double loss : losses) {
        gains.push_back(1 - loss);
    }
    return 1 - betting_upper(gains, delta);
}

}  // namespace countersign::certificate

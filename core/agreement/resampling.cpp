#include "core/agreement/resampling.h"

#include <algorithm>
#include <cmath>

#include "core/base/check.h"
#include "core/stats/order.h"
#include "core/stats/special.h"

namespace countersign::agreement {

namespace {

std::optional<Interval> accelerated(std::span<const double> sorted, double alpha, double skew, double confidence) {
    const auto below = static_cast<double>(std::ranges::lower_bound(sorted, alpha) - sorted.begin());
    const auto not_above = static_cast<double>(std::ranges::upper_bound(sorted, alpha) - sorted.begin());
    const double share = (below + not_above) / 2 / static_cast<double>(sorted.size());
    if (share <= 0 || share >= 1 || sorted.front() == sorted.back()) {
        return std::nullopt;
    }
    const double bias = stats::normal_quantile(share);
    const auto end = [&](double p) {
        const double z = bias + stats::normal_quantile(p);
        return stats::quantile(sorted, stats::normal_cdf(bias + (z / (1 - (skew * z)))));
    };
    return Interval{end((1 - confidence) / 2), end((1 + confidence) / 2)};
}

double standard_deviation(std::span<const double> values) {
    double mean = 0;
    for (const double value : values) {
        mean += value;
    }
    mean /= static_cast<double>(values.size());
    double squares = 0;
    for (const double value : values) {
        squares += (value - mean) * (value - mean);
    }
    return values.size() > 1 ? std::sqrt(squares / static_cast<double>(values.size() - 1)) : 0;
}

}  // namespace

double acceleration(std::span<const double> influence, std::span<const double> times) {
    double units = 0;
    double mean = 0;
    for (size_t i = 0; i < times.size(); ++i) {
        units += times[i];
        mean += times[i] * influence[i];
    }
    mean /= units;
    double squares = 0;
    double cubes = 0;
    for (size_t i = 0; i < times.size(); ++i) {
        const double off = influence[i] - mean;
        squares += times[i] * off * off;
        cubes += times[i] * off * off * off;
    }
    return squares > 0 ? cubes / (6 * squares * std::sqrt(squares)) : 0;
}

SpreadOutcome summarise(std::vector<double> draws, double alpha, double acceleration, const BootstrapOptions& options) {
    CS_CHECK(options.resamples > 0 && options.confidence > 0 && options.confidence < 1);
    if (draws.empty()) {
        return Undefined::one_value_only;
    }
    std::ranges::sort(draws);
    AlphaSpread out;
    out.standard_error = standard_deviation(draws);
    out.percentile = {stats::quantile(draws, (1 - options.confidence) / 2),
                      stats::quantile(draws, (1 + options.confidence) / 2)};
    out.bca = accelerated(draws, alpha, acceleration, options.confidence);
    for (const double limit : options.limits) {
        const auto below = static_cast<double>(std::ranges::lower_bound(draws, limit) - draws.begin());
        out.below.push_back({limit, below / static_cast<double>(draws.size())});
    }
    out.resamples = options.resamples;
    out.left_out = options.resamples - static_cast<uint32_t>(draws.size());
    out.seed = options.seed;
    return out;
}

}  // namespace countersign::agreement

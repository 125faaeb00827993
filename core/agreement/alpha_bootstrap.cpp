#include "core/agreement/alpha_bootstrap.h"

#include <algorithm>
#include <cmath>

#include "core/agreement/alpha_sums.h"
#include "core/base/check.h"
#include "core/stats/random.h"
#include "core/stats/special.h"

namespace countersign::agreement {

namespace {

// Of sorted numbers, between neighbours in proportion (definition 7 of Hyndman and Fan).
double quantile(std::span<const double> sorted, double p) {
    const double at = p * static_cast<double>(sorted.size() - 1);
    const auto low = static_cast<size_t>(std::floor(at));
    const size_t high = std::min(low + 1, sorted.size() - 1);
    return sorted[low] + ((at - static_cast<double>(low)) * (sorted[high] - sorted[low]));
}

// Alpha of each draw in which it is defined, sorted.
std::vector<double> draws(const Patterns& patterns, const AlphaEvaluation& evaluate, const BootstrapOptions& options) {
    stats::Random random(options.seed);
    const auto of_units = patterns.of_units();
    std::vector<double> times(patterns.size());
    std::vector<double> out;
    for (uint32_t draw = 0; draw < options.resamples; ++draw) {
        std::ranges::fill(times, 0.0);
        for (size_t i = 0; i < of_units.size(); ++i) {
            ++times[of_units[static_cast<size_t>(random.below(of_units.size()))]];
        }
        if (const auto alpha = evaluate(times).alpha()) {
            out.push_back(*alpha);
        }
    }
    std::ranges::sort(out);
    return out;
}

// A sixth of the skewness of the units' influence.
double acceleration(const AlphaEvaluation& evaluate, std::span<const double> times) {
    const std::vector<double> influence = evaluate.influence(times);
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

std::optional<Interval> accelerated(std::span<const double> sorted, double alpha, double acceleration,
                                    double confidence) {
    const auto below = static_cast<double>(std::ranges::lower_bound(sorted, alpha) - sorted.begin());
    const auto not_above = static_cast<double>(std::ranges::upper_bound(sorted, alpha) - sorted.begin());
    const double share = (below + not_above) / 2 / static_cast<double>(sorted.size());
    if (share <= 0 || share >= 1 || sorted.front() == sorted.back()) {
        return std::nullopt;
    }
    const double bias = stats::normal_quantile(share);
    const auto end = [&](double p) {
        const double z = bias + stats::normal_quantile(p);
        return quantile(sorted, stats::normal_cdf(bias + (z / (1 - (acceleration * z)))));
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

std::variant<AlphaSpread, Undefined> bootstrap_alpha(const Patterns& patterns, const Distance& distance,
                                                     const BootstrapOptions& options) {
    CS_CHECK(options.resamples > 0 && options.confidence > 0 && options.confidence < 1);
    const AlphaOutcome outcome = krippendorff_alpha(patterns, distance);
    if (const auto* reason = std::get_if<Undefined>(&outcome)) {
        return *reason;
    }
    const double alpha = std::get_if<Alpha>(&outcome)->value;
    const AlphaEvaluation evaluate(patterns, distance);
    const std::vector<double> sorted = draws(patterns, evaluate, options);
    if (sorted.empty()) {
        return Undefined::one_value_only;
    }
    AlphaSpread out;
    out.standard_error = standard_deviation(sorted);
    out.percentile = {quantile(sorted, (1 - options.confidence) / 2), quantile(sorted, (1 + options.confidence) / 2)};
    out.bca = accelerated(sorted, alpha, acceleration(evaluate, patterns.times()), options.confidence);
    for (const double limit : options.limits) {
        const auto below = static_cast<double>(std::ranges::lower_bound(sorted, limit) - sorted.begin());
        out.below.push_back({limit, below / static_cast<double>(sorted.size())});
    }
    out.resamples = options.resamples;
    out.left_out = options.resamples - static_cast<uint32_t>(sorted.size());
    out.seed = options.seed;
    return out;
}

}  // namespace countersign::agreement

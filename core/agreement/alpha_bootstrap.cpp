#include "core/agreement/alpha_bootstrap.h"

#include <algorithm>
#include <utility>

#include "core/agreement/alpha_sums.h"
#include "core/agreement/resampling.h"
#include "core/stats/random.h"

namespace countersign::agreement {

namespace {

// For each distance the alphas of the draws in which it is defined.
std::vector<std::vector<double>> draws_of(const Patterns& patterns, std::span<const AlphaEvaluation> evaluations,
                                          const BootstrapOptions& options) {
    stats::Random random(options.seed);
    const auto of_units = patterns.of_units();
    std::vector<double> times(patterns.size());
    std::vector<std::vector<double>> out(evaluations.size());
    for (uint32_t draw = 0; draw < options.resamples; ++draw) {
        std::ranges::fill(times, 0.0);
        for (size_t i = 0; i < of_units.size(); ++i) {
            ++times[of_units[static_cast<size_t>(random.below(of_units.size()))]];
        }
        for (size_t i = 0; i < evaluations.size(); ++i) {
            if (const auto alpha = evaluations[i](times).alpha()) {
                out[i].push_back(*alpha);
            }
        }
    }
    return out;
}

}  // namespace

std::vector<SpreadOutcome> bootstrap_alphas(const Patterns& patterns, std::span<const Distance> distances,
                                            const BootstrapOptions& options) {
    const std::vector<AlphaEvaluation> evaluations = [&] {
        std::vector<AlphaEvaluation> all;
        all.reserve(distances.size());
        for (const Distance& distance : distances) {
            all.emplace_back(patterns, distance);
        }
        return all;
    }();
    std::vector<std::vector<double>> draws = draws_of(patterns, evaluations, options);
    const std::vector<double> times = patterns.times();
    std::vector<SpreadOutcome> out;
    for (size_t i = 0; i < distances.size(); ++i) {
        const AlphaOutcome outcome = krippendorff_alpha(patterns, distances[i]);
        if (const auto* reason = std::get_if<Undefined>(&outcome)) {
            out.emplace_back(*reason);
            continue;
        }
        if (patterns.of_units().size() == 1) {
            out.emplace_back(Undefined::single_unit);
            continue;
        }
        out.push_back(summarise(std::move(draws[i]), std::get_if<Alpha>(&outcome)->value,
                                acceleration(evaluations[i].influence(times), times), options));
    }
    return out;
}

SpreadOutcome bootstrap_alpha(const Patterns& patterns, const Distance& distance, const BootstrapOptions& options) {
    return bootstrap_alphas(patterns, {&distance, 1}, options).front();
}

}  // namespace countersign::agreement

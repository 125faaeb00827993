#include "core/agreement/alpha_bootstrap.h"

#include <algorithm>

#include "core/agreement/alpha_sums.h"
#include "core/agreement/resampling.h"
#include "core/base/check.h"
#include "core/stats/random.h"

namespace countersign::agreement {

namespace {

// Alpha of each draw in which it is defined.
std::vector<double> draws_of(const Patterns& patterns, const AlphaEvaluation& evaluate,
                             const BootstrapOptions& options) {
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
    return out;
}

}  // namespace

std::variant<AlphaSpread, Undefined> bootstrap_alpha(const Patterns& patterns, const Distance& distance,
                                                     const BootstrapOptions& options) {
    const AlphaOutcome outcome = krippendorff_alpha(patterns, distance);
    if (const auto* reason = std::get_if<Undefined>(&outcome)) {
        return *reason;
    }
    const AlphaEvaluation evaluate(patterns, distance);
    const std::vector<double> times = patterns.times();
    return summarise(draws_of(patterns, evaluate, options), std::get_if<Alpha>(&outcome)->value,
                     acceleration(evaluate.influence(times), times), options);
}

}  // namespace countersign::agreement

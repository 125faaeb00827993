#include "core/calibration/bootstrap.h"

#include <algorithm>
#include <vector>

#include "core/base/check.h"
#include "core/calibration/sorted.h"
#include "core/stats/order.h"
#include "core/stats/random.h"

namespace countersign::calibration {

namespace {

// As many items as there are, each drawn from all; in order of confidence.
SortedOutcomes resample(const SortedOutcomes& outcomes, stats::Random& random) {
    std::vector<uint32_t> times(outcomes.size(), 0);
    for (size_t i = 0; i < outcomes.size(); ++i) {
        ++times[static_cast<size_t>(random.below(outcomes.size()))];
    }
    std::vector<Outcome> out;
    out.reserve(outcomes.size());
    for (size_t i = 0; i < outcomes.size(); ++i) {
        out.insert(out.end(), times[i], outcomes[i]);
    }
    return SortedOutcomes(out);
}

template <class Get>
stats::Interval interval(const std::vector<Measures>& all, double level, Get get) {
    std::vector<double> values;
    values.reserve(all.size());
    for (const Measures& one : all) {
        values.push_back(get(one));
    }
    return middle_of(values, level);
}

}  // namespace

stats::Interval middle_of(std::span<double> values, double level) {
    CS_CHECK(!values.empty() && level > 0 && level < 1);
    std::ranges::sort(values);
    return {stats::quantile(values, (1 - level) / 2), stats::quantile(values, (1 + level) / 2)};
}

std::optional<MeasureIntervals> bootstrap(std::span<const Outcome> outcomes, const BootstrapOptions& options) {
    if (outcomes.empty()) {
        return std::nullopt;
    }
    CS_CHECK(options.repeats > 0);
    const SortedOutcomes sorted(outcomes);
    stats::Random random(options.seed);
    std::vector<Measures> all;
    all.reserve(options.repeats);
    for (size_t i = 0; i < options.repeats; ++i) {
        all.push_back(*measure(resample(sorted, random), options.bins));
    }
    const double level = options.level;
    return MeasureIntervals{
        .options = options,
        .accuracy = interval(all, level, [](const Measures& m) { return m.accuracy; }),
        .ece = interval(all, level, [](const Measures& m) { return m.ece; }),
        .adaptive_ece = interval(all, level, [](const Measures& m) { return m.adaptive_ece; }),
        .mce = interval(all, level, [](const Measures& m) { return m.mce; }),
        .ece_sweep = interval(all, level, [](const Measures& m) { return m.ece_sweep; }),
        .debiased_squared_error = interval(all, level, [](const Measures& m) { return m.debiased_squared_error; }),
        .ks = interval(all, level, [](const Measures& m) { return m.ks; }),
        .brier = interval(all, level, [](const Measures& m) { return m.brier.score; }),
        .log_loss = interval(all, level, [](const Measures& m) { return m.log_loss; }),
    };
}

}  // namespace countersign::calibration

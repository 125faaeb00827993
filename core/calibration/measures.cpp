#include "core/calibration/measures.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "core/calibration/bins.h"
#include "core/calibration/sorted.h"
#include "core/stats/elementary.h"

namespace countersign::calibration {

namespace {

constexpr double kLeastProbability = 1e-12;

double square(double x) {
    return x * x;
}

double kolmogorov_smirnov(const SortedOutcomes& outcomes) {
    double sum = 0;
    double most = 0;
    for (const Outcome& one : outcomes.all()) {
        sum += one.weight * ((one.right ? 1 : 0) - one.confidence);
        most = std::max(most, std::abs(sum));
    }
    return most / outcomes.weight();
}

BrierSplit split_brier(const SortedOutcomes& outcomes, const std::vector<Bin>& bins, double accuracy) {
    BrierSplit out;
    for (const Outcome& one : outcomes.all()) {
        out.score += one.weight * square((one.right ? 1 : 0) - one.confidence);
    }
    for (const Bin& bin : bins) {
        out.reliability += bin.weight * square(bin.gap());
        out.resolution += bin.weight * square(bin.accuracy - accuracy);
    }
    out.score /= outcomes.weight();
    out.reliability /= outcomes.weight();
    out.resolution /= outcomes.weight();
    out.uncertainty = accuracy * (1 - accuracy);
    out.within_bins = out.score - (out.reliability - out.resolution + out.uncertainty);
    return out;
}

double mean_log_loss(const SortedOutcomes& outcomes) {
    double sum = 0;
    for (const Outcome& one : outcomes.all()) {
        sum += one.weight * log_loss(one.confidence, one.right);
    }
    return sum / outcomes.weight();
}

}  // namespace

double log_loss(double confidence, bool right) {
    return -stats::log(std::max(right ? confidence : 1 - confidence, kLeastProbability));
}

std::optional<Measures> measure(const SortedOutcomes& outcomes, size_t bins) {
    if (outcomes.size() == 0) {
        return std::nullopt;
    }
    const Bin all = outcomes.bin(0, outcomes.size());
    const std::vector<Bin> wide = equal_width_bins(outcomes, bins);
    const std::vector<Bin> counted = equal_count_bins(outcomes, bins);
    const Sweep sweep = sweep_calibration_error(outcomes);
    return Measures{.items = outcomes.size(),
                    .effective_items = all.effective_items,
                    .accuracy = all.accuracy,
                    .mean_confidence = all.mean_confidence,
                    .ece = expected_calibration_error(wide),
                    .adaptive_ece = expected_calibration_error(counted),
                    .mce = maximum_calibration_error(wide),
                    .ece_sweep = sweep.error,
                    .sweep_bins = sweep.bins,
                    .debiased_squared_error = debiased_squared_error(counted),
                    .ks = kolmogorov_smirnov(outcomes),
                    .brier = split_brier(outcomes, wide, all.accuracy),
                    .log_loss = mean_log_loss(outcomes)};
}

std::optional<Measures> measure(std::span<const Outcome> outcomes, size_t bins) {
    return measure(SortedOutcomes(outcomes), bins);
}

}  // namespace countersign::calibration

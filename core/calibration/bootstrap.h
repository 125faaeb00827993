#pragma once
// How far each measure of calibration would move with other reviews of the same kind: the percentile bootstrap over
// items (Efron 1979).
//
// ECE, adaptive ECE, MCE, the sweep and KS are above 0 by chance alone, and more so in a resample: their intervals lie
// high for a model that is well calibrated. Whether it is calibrated at all is for the debiased squared error (is 0
// within its interval?) and for the consistency bars of the diagram to say.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "core/calibration/measures.h"
#include "core/stats/interval.h"

namespace countersign::calibration {

struct BootstrapOptions {
    uint64_t seed = 0;
    size_t repeats = 1000;  // > 0
    double level = 0.95;    // 0 to 1, both excluded
    size_t bins = kUsualBins;
};

struct MeasureIntervals {
    BootstrapOptions options;  // with which the same outcomes in the same order give the same intervals
    stats::Interval accuracy;
    stats::Interval ece;
    stats::Interval adaptive_ece;
    stats::Interval mce;
    stats::Interval ece_sweep;
    stats::Interval debiased_squared_error;
    stats::Interval ks;
    stats::Interval brier;
    stats::Interval log_loss;
};

// Nothing without outcomes.
std::optional<MeasureIntervals> bootstrap(std::span<const Outcome> outcomes, const BootstrapOptions& options);

// Between the (1 - level)/2 and (1 + level)/2 quantiles of `values`, interpolated linearly; not empty. Sorts them.
stats::Interval middle_of(std::span<double> values, double level);

}  // namespace countersign::calibration

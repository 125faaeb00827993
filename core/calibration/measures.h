#pragma once
// How well stated confidences agree with what reviews found, by every measure in use: which one is asked for is
// custom; KS is ours for the headline, because it has no bins to choose.

#include <cstddef>
#include <optional>
#include <span>

#include "core/calibration/outcome.h"

namespace countersign::calibration {

class SortedOutcomes;

// Brier's score (the mean of (right - confidence)^2) as Murphy (1973) takes it apart over bins:
// score = reliability - resolution + uncertainty + within_bins, the last being what bins hide (Stephenson et al. 2008).
struct BrierSplit {
    double score = 0;
    double reliability = 0;  // distance of confidence from accuracy: 0 is best
    double resolution = 0;   // how much accuracy differs between bins: the more the better
    double uncertainty = 0;  // a (1 - a) of the accuracy a: not the model's doing
    double within_bins = 0;
};

// All means are weighted. Bins: ECE, MCE and the Brier split `bins` equally wide ones, adaptive ECE and the debiased
// squared error as many with equal counts.
struct Measures {
    size_t items = 0;
    double effective_items = 0;  // as Bin::effective_items
    double accuracy = 0;
    double mean_confidence = 0;
    double ece = 0;
    double adaptive_ece = 0;
    double mce = 0;
    double ece_sweep = 0;
    size_t sweep_bins = 0;
    double debiased_squared_error = 0;
    // Kolmogorov and Smirnov's distance between accumulated confidence and accumulated right predictions, the largest
    // over all items by confidence (Gupta et al. 2021). Items with the same confidence count one after the other, in
    // their order.
    double ks = 0;
    BrierSplit brier;
    double log_loss = 0;  // -ln of the confidence in what was found, at least 1e-12
};

inline constexpr size_t kUsualBins = 15;

// Nothing without outcomes: no measure is defined then.
std::optional<Measures> measure(std::span<const Outcome> outcomes, size_t bins = kUsualBins);
std::optional<Measures> measure(const SortedOutcomes& outcomes, size_t bins = kUsualBins);

// -ln of the confidence in what was found, at least 1e-12, of one item and as weighted mean.
double log_loss(double confidence, bool right);

}  // namespace countersign::calibration

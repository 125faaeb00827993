#pragma once
// Bins of confidence, and the measures of calibration that are made from them. Bins without items are left out.

#include <cstddef>
#include <span>
#include <vector>

#include "core/calibration/sorted.h"

namespace countersign::calibration {

// The bin k of `count` bins (k/count, (k+1)/count] that a confidence falls into; 0 falls into the first.
size_t equal_width_index(double confidence, size_t count);
std::vector<Bin> equal_width_bins(const SortedOutcomes& outcomes, size_t count);

// `count` bins (at most as many as items) with the same number of items, the first ones one more where it does not come
// out even. Items with the same confidence may part; they do so in their order.
std::vector<Bin> equal_count_bins(const SortedOutcomes& outcomes, size_t count);

// ECE: the mean of |accuracy - mean confidence| over bins, by their weight (Naeini et al. 2015); MCE: its largest.
double expected_calibration_error(std::span<const Bin> bins);
double maximum_calibration_error(std::span<const Bin> bins);

// The mean of (accuracy - mean confidence)^2 less what chance alone would give, a (1 - a)/(n - 1) in a bin (Kumar,
// Liang and Ma 2019); below 0 where a model is better calibrated than chance lets expect. A bin of one item knows no
// chance and is left out.
double debiased_squared_error(std::span<const Bin> bins);

// ECE of the largest number of equal-count bins up to which their accuracies never fall (Roelofs et al. 2022).
struct Sweep {
    size_t bins = 1;
    double error = 0;
};

Sweep sweep_calibration_error(const SortedOutcomes& outcomes);

}  // namespace countersign::calibration

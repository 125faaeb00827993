#pragma once
// The maps of core/calibration/calibrator.h, fitted to reviewed items by weighted log-loss.
//
// Contract: at least one outcome, else CS_CHECK; the same outcomes in the same order give the same bytes. Weights are
// scaled to a mean of 1. Every fit is defined for any outcomes, also when all are right: the sigmoids are drawn faintly
// to the map that changes nothing (core/calibration/logistic.h), the others are smoothed.

#include <cstddef>
#include <span>

#include "core/calibration/calibrator.h"

namespace countersign::calibration {

// 1/T is found between 1/1000 and 100.
Temperature fit_temperature(std::span<const Outcome> outcomes);
// Every forecast with probabilities of the same classes.
Temperature fit_temperature(std::span<const ClassOutcome> outcomes);

Platt fit_platt(std::span<const Outcome> outcomes);

// Of the fits in which none, one or both of a and b are held at 0, the best that leaves neither negative.
Beta fit_beta(std::span<const Outcome> outcomes);

// What a level of n items of which s are right is worth: s/n says 0 and 1 of what was seen once; Laplace's
// (s + 1)/(n + 2) does not.
enum class Smoothing { none, laplace };

// Pooled adjacent violators (Ayer et al. 1955), pooled again where smoothing makes values fall. Items with the same
// confidence are one.
Isotonic fit_isotonic(std::span<const Outcome> outcomes, Smoothing smoothing = Smoothing::laplace);

// Up to `bins` bins of equal counts, smoothed by Laplace, pooled where values would fall. Items with the same
// confidence stay together.
Histogram fit_histogram(std::span<const Outcome> outcomes, size_t bins = 15);

}  // namespace countersign::calibration

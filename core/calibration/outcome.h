#pragma once
// What calibration learns from and is judged by: how sure a model was, and whether a review found it right.

#include <cstddef>
#include <span>

namespace countersign::calibration {

struct Outcome {
    double confidence = 0;  // 0 to 1
    bool right = false;     // the prediction is what the review says
    // 1 over the probability with which this item was chosen for review (Horvitz and Thompson 1952), > 0. All 1 where
    // reviews were drawn at random. Reviews that were chosen for their confidence must not be used without.
    double weight = 1;
};

// What a model said of one item. Without class probabilities only the confidence is known.
struct Forecast {
    double confidence = 0;
    // >= 0, with a sum > 0; rounded ones are brought to the sum 1. Empty where the model gives none.
    std::span<const double> probabilities;
    size_t predicted = 0;  // index into them
};

// A forecast and the class that the review found; only for forecasts with class probabilities.
struct ClassOutcome {
    Forecast forecast;
    size_t truth = 0;
    double weight = 1;  // as in Outcome
};

}  // namespace countersign::calibration

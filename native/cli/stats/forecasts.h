#pragma once
// Predictions of a file as calibration sees them.

#include "core/calibration/outcome.h"
#include "core/table/predictions.h"

namespace countersign::native {

// Valid as long as `named`. Without class probabilities where the file has none.
inline calibration::Forecast forecast_of(const table::NamedPredictions& named, size_t prediction) {
    const size_t labels = named.probability_labels;
    return {.confidence = named.predictions[prediction].confidence,
            .probabilities = std::span(named.probabilities).subspan(labels * prediction, labels),
            .predicted = named.predictions[prediction].predicted};
}

}  // namespace countersign::native

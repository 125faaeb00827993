#pragma once
// The evaluation as text for people: how the model came about, how good it is, where it errs.

#include <string>

#include "demo/classifier/measures.h"
#include "demo/classifier/model.h"

namespace countersign::demo {

// "chosen: ..." and one line per alternative that was tried.
std::string training_report(const Model& model);

// Accuracy, log loss, calibration, a table by topic, the most frequent confusions, the shares by confidence.
std::string evaluation_report(const Model& model, const Measures& measures);

// One line of the table of alternatives.
std::string line_of(const CrossValidation& tried);

}  // namespace countersign::demo

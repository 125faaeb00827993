#pragma once
// A model's calibration before and after, and the map that was chosen, in words and as JSON.

#include <string>

#include "core/calibration/choose.h"
#include "core/calibration/diagram.h"
#include "core/calibration/measures.h"

namespace countersign::native {

struct CalibrationOutcome {
    calibration::Measures stated;  // of the confidences as the model states them
    calibration::ReliabilityDiagram diagram;
    calibration::Choice choice;
    uint64_t without_truth = 0;
};

std::string calibration_text(const CalibrationOutcome& outcome);
std::string calibration_json(const CalibrationOutcome& outcome);

}  // namespace countersign::native

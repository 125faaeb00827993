#pragma once
// A calibrator as JSON, as it is stored with its model version. What is written reads back as the same bits, and the
// same calibrator is always the same text.
//
//   {"method":"identity"}
//   {"method":"temperature","over":"confidence","temperature":1.7834}       over: "confidence" or "classes"
//   {"method":"platt","slope":0.52,"intercept":-0.17}
//   {"method":"beta","a":0.9,"b":0.486,"intercept":0.239}
//   {"method":"isotonic","knots":[[0.31,0.25],[0.99,0.97]]}                 [confidence, value]
//   {"method":"histogram","bins":[[0.6,0.41],[1,0.97]]}                     [up to, value]

#include <string>
#include <string_view>

#include "core/base/result.h"
#include "core/calibration/calibrator.h"
#include "core/json/json.h"

namespace countersign::calibration {

std::string to_json(const Calibrator& calibrator);

// Errors: invalid_argument with the field's path below `path`, also for a map that would fall or leave 0 to 1.
Result<Calibrator> read_calibrator(const Json& json, std::string_view path = {});

}  // namespace countersign::calibration

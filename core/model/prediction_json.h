#pragma once
// The canonical JSON of a prediction, as it stands in leaves: confidences in parts per million, scores best first.
//   {"confidence_ppm":830000,"label":"pothole","model":"topics-3","scores":[["pothole",830000],["drain",100000]]}

#include "core/base/result.h"
#include "core/json/json.h"
#include "core/json/writer.h"
#include "core/model/prediction.h"

namespace countersign {

void write_prediction(JsonWriter& writer, const Prediction& prediction);
Result<Prediction> read_prediction_json(const Json& json, const std::string& path);

}  // namespace countersign

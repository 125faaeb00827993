#pragma once
// One line of Countersign's ingest form: the item as it came, with what the model says about it.
//
//   {"id":..., "input":{...}, "metadata":{...},
//    "prediction":{"model":..., "label":..., "confidence":0.731204, "scores":{label: score, ... top five}}}
// Confidence and scores are the model's probabilities with at most six decimals; scores descend.

#include <string>

#include "demo/classifier/model.h"
#include "demo/data/items.h"

namespace countersign::demo {

// Without the line's end.
std::string prediction_line(const Model& model, const Item& item);

}  // namespace countersign::demo

#pragma once
// The model as a file: canonical JSON (JsonWriter::Order::sorted, whole numbers only), so that equal models have equal
// bytes and a hash of the file names the model.
//
//   format           "countersign-demo-model-1"
//   name             with the version, as predictions carry it
//   labels           ascending
//   chosen           candidate: learner, pairs, shortest_piece, longest_piece, l2_millionths, smoothing_millionths
//   temperature_millionths
//   training         examples, references (of these), sha256 of the training set
//   cross_validation list of candidate + log_loss_millionths, accuracy_millionths, temperature_millionths
//   terms            ascending list of [term, idf in millionths]
//   weights          one list per term, one whole number of millionths per label
//   bias             one per label
//
// Errors: invalid_argument with the field path; a file that was cut or edited by hand is refused, not guessed at.

#include <string>
#include <string_view>

#include "core/base/result.h"
#include "demo/classifier/model.h"

namespace countersign::demo {

std::string to_json(const Model& model);
Result<Model> parse_model(std::string_view json);

}  // namespace countersign::demo

#pragma once
// The files that `countersign stats` reads, whole, with progress and errors that name the file and the line.

#include <string>
#include <vector>

#include "core/table/answers.h"
#include "core/table/predictions.h"

namespace countersign::native {

// `schema`: the labels that there are; empty: those that occur in the file.
Result<table::NamedAnswers> read_answers(const std::string& file, std::vector<std::string> schema);

Result<table::NamedPredictions> read_predictions(const std::string& file);

// Any other layout.
Status read_records(const std::string& file, table::RecordSink& sink);

}  // namespace countersign::native

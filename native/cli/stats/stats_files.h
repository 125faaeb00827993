#pragma once
// The files that `countersign stats` reads, whole, with progress and errors that name the file and the line.

#include <string>

#include "core/table/answers.h"
#include "core/table/audits.h"
#include "core/table/durations.h"
#include "core/table/given_labels.h"
#include "core/table/predictions.h"
#include "native/cli/stats/answer_options.h"

namespace countersign::native {

Result<table::NamedAnswers> read_answers(const AnswerOptions& options);

Result<table::NamedPredictions> read_predictions(const std::string& file);

Result<table::NamedTimes> read_durations(const std::string& file);
Result<table::NamedAudit> read_audit(const std::string& file);

Result<table::NamedGivenLabels> read_given_labels(const std::string& file);

// Any other layout.
Status read_records(const std::string& file, table::RecordSink& sink);

}  // namespace countersign::native

#pragma once
// Given labels that are probably wrong, in words, as JSON and as CSV.

#include <string>

#include "core/label_errors/label_errors.h"
#include "core/table/given_labels.h"

namespace countersign::native {

struct LabelErrorOutcome {
    const table::NamedGivenLabels& named;
    label_errors::LabelErrors found;
};

// At most `most` suspects.
std::string label_errors_text(const LabelErrorOutcome& outcome, size_t most);
std::string label_errors_json(const LabelErrorOutcome& outcome);
std::string label_errors_csv(const LabelErrorOutcome& outcome);

}  // namespace countersign::native

#pragma once
// The columns p_<label> of a file: a model's probabilities of the labels. Internal to core/table.

#include <vector>

#include "core/base/result.h"
#include "core/table/answers.h"
#include "core/table/records.h"

namespace countersign::table {

// Names the labels in the columns' order, before any other label has a number; how many there are. A single column is a
// score of some kind ("the positive class"), no distribution: then 0.
size_t name_probability_labels(const Record& record, NameList& labels);

// Appends the probabilities of the first `count` labels, scaled to add up to 1. invalid_argument for what is no
// probability and for sums that are off by more than rounding explains.
Status take_probabilities(const Record& record, const NameList& labels, size_t count, std::vector<double>& out);

}  // namespace countersign::table

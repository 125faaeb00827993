#pragma once
// Answers of a case in tests/cases/agreement, or of a shared data set.

#include <optional>
#include <string_view>
#include <vector>

#include "core/agreement/ratings.h"
#include "core/json/json.h"
#include "tests/support/numbers.h"

namespace countersign::testing {

struct AnswerSet {
    stats::AnswerTable table;
    std::vector<double> values;  // of the labels
};

// A case with "values" (what can be answered) and one of: "reviewers" (a row for each, null where he said nothing),
// "items" (the same by items), "counts" (of each value, by items), "contingency" (two reviewers).
AnswerSet answers_of(const Json& one);

// answers.csv of a folder with task,worker,label and whole numbers as labels; nothing where it is
// absent. A worker's second answer on a task is somebody else's.
std::optional<AnswerSet> shared_answers(std::string_view folder);

}  // namespace countersign::testing

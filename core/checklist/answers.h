#pragma once
// When a checklist is complete: every question that the verdict needs has an answer, and every answer is one that the
// question allows.

#include <vector>

#include "core/model/review.h"
#include "core/model/shortfall.h"
#include "core/policy/policy.h"

namespace countersign {

// In the order of the questions; then answers to questions that the checklist does not have.
std::vector<Shortfall> checklist_shortfalls(const Checklist& checklist, const ReviewDraft& draft);

// Whether this verdict cannot be submitted without an answer to this question.
bool answer_required(const Question& question, Verdict verdict);

// Empty when the answer is one that the question allows; otherwise what is wrong with it.
std::string answer_problem(const Question& question, std::string_view value);

}  // namespace countersign

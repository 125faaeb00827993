#pragma once
// When a checklist is complete: every question that the verdict needs has an answer, and every answer is one that the
// question allows.

#include <vector>

#include "core/checklist/shown.h"
#include "core/model/review.h"
#include "core/model/shortfall.h"
#include "core/policy/policy.h"

namespace countersign {

// In the order of the questions; then answers to questions that the checklist does not have. A question that is not
// shown (shown.h) needs no answer, and may have none.
std::vector<Shortfall> checklist_shortfalls(const Checklist& checklist, const AskedAbout& about,
                                            const ReviewDraft& draft);

// Whether this verdict cannot be submitted without an answer to this question.
bool answer_required(const Question& question, Verdict verdict);

// Empty when the answer is one that the question allows; otherwise what is wrong with it. Of an evidence question only
// the form is checked here.
std::string answer_problem(const Question& question, std::string_view value);

// The places that the answer to an evidence question names, "12-30,41-44": code points of the reviewed text,
// [begin, end). Nothing for what is no such list; at most 100 places.
std::optional<std::vector<Evidence>> marked_places(std::string_view value);

}  // namespace countersign

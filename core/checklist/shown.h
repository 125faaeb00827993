#pragma once
// Which questions of a checklist are asked, given the answers so far (Question::shown_if).
//
// Contract: pure; device and server ask the same function. A question whose condition reads an answer that is not
// there waits for it, unseen. A condition that cannot be evaluated for any other reason (the document was erased)
// leaves its question shown: nothing goes unasked by mistake. Answers that a question does not allow, and those to
// questions that are not shown, count as not given.

#include <optional>
#include <string_view>
#include <vector>

#include "core/json/json.h"
#include "core/model/prediction.h"
#include "core/model/review.h"
#include "core/policy/policy.h"

namespace countersign {

// What a checklist is answered about. Refers to what the caller holds.
struct AskedAbout {
    const Policy& policy;
    std::string_view item;
    const Json* document;  // nullptr where it is not at hand
    const Prediction& prediction;
    std::optional<Ppm> calibrated = {};
};

// One for each question, in their order.
std::vector<bool> shown_questions(const Checklist& checklist, const AskedAbout& about, const ReviewDraft& draft);

// Takes out the answers to questions that are not shown. What is shown stays the same.
void drop_hidden_answers(const Checklist& checklist, const std::vector<bool>& shown, ReviewDraft& draft);

}  // namespace countersign

#pragma once
// The names that a question's `shown_if` may use: `item` and `prediction` as in routes, `verdict`, and `answers.<id>`
// for each question that stands before it: a double for a number, a string for the rest. Only earlier questions can be
// named, so conditions cannot go round in circles.

#include <string_view>

#include "core/policy/policy.h"
#include "core/rules/environment.h"

namespace countersign {

// `checklist` has the questions before, and no others. An id that is no name in CEL ("a-b") is left out.
rules::Environment question_environment(const Policy& policy, const Checklist& checklist);

}  // namespace countersign

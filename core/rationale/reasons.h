#pragma once
// When a reason suffices: the codes, the words and the marked places that the tier asks for with this verdict.

#include <vector>

#include "core/model/review.h"
#include "core/model/shortfall.h"
#include "core/policy/policy.h"

namespace countersign {

// `text_length`: code points of the reviewed text, against which evidence is checked; 0 when it is not known here.
std::vector<Shortfall> rationale_shortfalls(const Policy& policy, const RationaleRule& rule, const ReviewDraft& draft,
                                            size_t text_length);

// Codes that may be used with this verdict, in the policy's order.
std::vector<const ReasonCode*> usable_codes(const Policy& policy, Verdict verdict);

}  // namespace countersign

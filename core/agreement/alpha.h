#pragma once
// Krippendorff's alpha: any number of reviewers, missing answers, any distance between labels.
//
// alpha = 1 - (n - 1) D_o / D_e over the units with two or more answers, where D_o = sum over units of
// (sum_ck n_uc n_uk d_ck)/(m_u - 1), D_e = sum_ck n_c n_k d_ck and n the number of their answers (Krippendorff 2011).
// Cost: O(answers + labels) for nominal, ordinal and interval distances; for ratio and custom ones labels^2 and the
// squared distinct labels of each unit.

#include <cstddef>
#include <span>
#include <variant>
#include <vector>

#include "core/agreement/distance.h"
#include "core/agreement/outcome.h"
#include "core/agreement/patterns.h"
#include "core/agreement/ratings.h"

namespace countersign::agreement {

struct Alpha {
    double value = 0;
    double observed = 0;  // mean distance within units
    double expected = 0;  // mean distance of any two answers
    size_t units = 0;     // with two or more answers
    size_t answers = 0;   // of these units
};

using AlphaOutcome = std::variant<Alpha, Undefined>;

AlphaOutcome krippendorff_alpha(const Patterns& patterns, const Distance& distance);
AlphaOutcome krippendorff_alpha(const Ratings& ratings, const Distance& distance);

// Nominal alpha of each label against all others: which label reviewers do not agree about.
std::vector<AlphaOutcome> alpha_by_label(const Patterns& patterns);

}  // namespace countersign::agreement

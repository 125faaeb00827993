#pragma once
// Which map a model version gets: by cross-validated log-loss, and none at all unless one is clearly better than what
// the model states. Refitted whenever reviews came in; the choice with its figures is what the log keeps of it.
//
// 1. Every candidate is fitted without each fold in turn and judged on that fold; fewer than `few` reviews allow a
//    temperature only.
// 2. Of the candidates whose log-loss is within one standard error of the least (of the paired difference), the
//    simplest wins: temperature, Platt, beta, histogram, isotonic (Breiman et al. 1984, 3.4.3).
// 3. Do no harm: the winner is taken only when its gain over no map is above `clearly` standard errors.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/calibration/calibrator.h"
#include "core/calibration/measures.h"

namespace countersign::calibration {

struct ChoiceOptions {
    uint64_t seed = 0;  // of the folds
    size_t folds = 10;  // at least 2
    // Reviews here are effective ones (Bin::effective_items): of reviews with very different weights, few speak.
    double few = 200;
    double clearly = 1.645;  // one-sided 5 %
};

enum class ChoiceReason {
    too_few_reviews,     // fewer than two reviews: no choice could be judged
    not_clearly_better,  // the best map's gain may be chance
    clearly_better,
};

struct Candidate {
    Calibrator calibrator;             // fitted to all
    double log_loss = 0;               // on reviews that it was not fitted to
    double gain = 0;                   // over no map, per review
    double gain_error = 0;             // its standard error
    std::optional<Measures> measures;  // on reviews that it was not fitted to
};

struct Choice {
    Calibrator calibrator;
    ChoiceReason reason = ChoiceReason::too_few_reviews;
    ChoiceOptions options;
    size_t reviews = 0;
    double effective_reviews = 0;
    bool few = false;
    std::vector<Candidate> candidates;  // the first is no map; then from simple to free; empty with too_few_reviews
    size_t best = 0;                    // of them, after step 2

    const Candidate& as_stated() const { return candidates.front(); }

    const Candidate& winner() const { return candidates[best]; }
};

// `classes` is empty, or the same reviews in the same order with class probabilities (and their weights).
Choice choose_calibrator(std::span<const Outcome> outcomes, std::span<const ClassOutcome> classes,
                         const ChoiceOptions& options);

// The choice in a sentence or two, for the report of a refit.
std::string explain(const Choice& choice);

}  // namespace countersign::calibration

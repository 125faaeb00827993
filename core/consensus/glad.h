#pragma once
// Whitehill et al., "Whose vote should count more" (2009): items differ in difficulty and reviewers in ability,
// P(right) = logistic(alpha_j * exp(b_i)), wrong labels alike. Shown for the difficulty of items; as a consensus it is
// seldom the best.

#include "core/consensus/consensus.h"
#include "core/consensus/expectation.h"

namespace countersign::consensus {

// Priors alpha ~ N(1, 1), b ~ N(1, 1) and equal classes, as in the authors' program. The maximisation step is one
// step of Fisher scoring for all alpha and then for all b, each at most 1 (generalised EM): it needs no step size.
// Consensus::skill is the mean probability of being right over the items answered.
Consensus glad(const stats::AnswerTable& table, const IterationLimits& limits = {.iterations = 100, .change = 1e-4});

}  // namespace countersign::consensus

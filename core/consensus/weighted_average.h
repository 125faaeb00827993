#pragma once
// Bayesian weighted average (Li, Rubinstein and Cohn 2019): each label is a number of its own, 1 where somebody said
// it, and a reviewer's answers are worth their precision. Conjugate, quick, and good where items have few answers; no
// good where labels are unequally common and often confused.

#include "core/consensus/consensus.h"
#include "core/consensus/expectation.h"

namespace countersign::consensus {

// For each label on its own, with y_ij 1 or 0 and C labels:
//   b = 15 * mean of z (1 - z) * 4 (1 - 1/C), of the shares of votes
//   v_j = (15 + n_j) / (b + sum over i of (z_i - y_ij)^2)
//   z_i = (mu + sum over j of v_j y_ij) / (1 + sum over j of v_j), mu the mean of z
// The posterior is z over labels, normalised; skill is the mean posterior of what a reviewer said.
Consensus weighted_average(const stats::AnswerTable& table, const IterationLimits& limits = {});

}  // namespace countersign::consensus

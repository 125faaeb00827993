#pragma once
// Dawid and Skene, "Maximum likelihood estimation of observer error-rates using the EM algorithm" (1979): each reviewer
// has a confusion matrix of his own, estimated together with the truth. Wants many answers of each reviewer; with few,
// hierarchical.h is the better one.

#include "core/consensus/expectation.h"

namespace countersign::consensus {

// Starts from the shares of votes. Nothing is smoothed but by 1e-10, which keeps logarithms finite: a confusion that
// was never seen is as good as impossible, as in the paper. Several answers of one reviewer on an item count each.
Consensus dawid_skene(const stats::AnswerTable& table, const Evidence& evidence = {},
                      const IterationLimits& limits = {});

// Share of right answers by a confusion matrix, over truths as common as `class_prior`: the skill of every model here.
std::vector<double> expected_skill(const Consensus& consensus);

}  // namespace countersign::consensus

#pragma once
// Independent Bayesian classifier combination (Kim and Ghahramani 2012), variational as in Simpson et al. 2013: Dawid
// and Skene with Dirichlet priors that are integrated out instead of maximised. Careful with few answers: rows of
// confusion matrices are unsure, not just smoothed.

#include "core/consensus/expectation.h"

namespace countersign::consensus {

struct DirichletPriors {
    double wrong = 1;  // of each entry of a row
    double right = 4;  // of its diagonal
    double classes = 1;
};

// Consensus::log_likelihood holds expected logarithms, digamma(n) - digamma(row).
Consensus bayesian_confusions(const stats::AnswerTable& table, const Evidence& evidence = {},
                              const IterationLimits& limits = {}, const DirichletPriors& priors = {});

}  // namespace countersign::consensus

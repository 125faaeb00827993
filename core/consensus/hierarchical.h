#pragma once
// Dawid and Skene with a hierarchical prior, the default: a reviewer with few answers has one number of his own (how
// often he is right) and the crowd's typical confusions; with more answers, a matrix of his own. With n_jkl the answers
// l of reviewer j to truth k, c_j the right ones of them, t_j all, N_kl their sum over reviewers:
//   g    = (sum c + 1) / (sum t + 2)                    the crowd's skill
//   p_j  = (c_j + 10 g) / (t_j + 10)                    a reviewer's, within 1e-4 of 0 and 1 at most
//   d_k  = (N_kk + 1) / (N_k. + 2)                      how easy a truth is to see
//   p_jk = sigmoid(logit p_j + logit d_k - logit g)
//   o_kl = (N_kl + 0.5/(C - 1)) / (their sum over l != k)   how the crowd errs
//   theta_jkl = (n_jkl + s b_jkl) / (their sum over l), b_jkk = p_jk, b_jkl = (1 - p_jk) o_kl; s = 3
//   pi_k proportional to (sum of z) + 1
// The strengths 3 and 10 are ours; the hierarchy is that of Paun et al., "Comparing Bayesian models of annotation"
// (2018), with point estimates.

#include "core/consensus/expectation.h"

namespace countersign::consensus {

// How errors of a reviewer with few answers are spread over wrong labels.
enum class Confusions {
    of_the_crowd,  // as everybody confuses
    of_neighbours  // by distance: exp(-|k - l| / tau of the reviewer); for labels that are ordered
};

// p_j and g from elsewhere instead of from these answers: where the same reviewers answer several questions
// (multi_label.h). Empty: from these.
struct SharedSkill {
    std::span<const double> reviewers = {};
    double crowd = 0;
};

struct HierarchicalOptions {
    double strength = 3;         // of the prior on a row of a matrix, in answers
    double skill_strength = 10;  // of the crowd's skill on a reviewer's, in answers
    Confusions confusions = Confusions::of_the_crowd;
    SharedSkill skill = {};
    IterationLimits limits = {};
};

// Consensus::skill is p_j: the share of right answers, drawn to the crowd's.
Consensus hierarchical(const stats::AnswerTable& table, const Evidence& evidence = {},
                       const HierarchicalOptions& options = {});

// The mean of hierarchical's posterior and Wawa's shares: better where few answers meet many reviewers. Explanations
// and likelihoods are those of hierarchical.
Consensus hierarchical_with_wawa(const stats::AnswerTable& table, const Evidence& evidence = {},
                                 const HierarchicalOptions& options = {});

}  // namespace countersign::consensus

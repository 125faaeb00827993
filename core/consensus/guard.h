#pragma once
// The consensus that the product shows: the method asked for, unless it has collapsed; then the next simpler one, and
// why (collapse.h).
//
// The order of falling back: the method asked for, hierarchical Dawid-Skene with Wawa, Wawa, majority vote. The last
// one is taken as it is.

#include <vector>

#include "core/consensus/collapse.h"
#include "core/consensus/consensus.h"
#include "core/consensus/expectation.h"

namespace countersign::consensus {

struct GuardOptions {
    Method method = Method::hierarchical_with_wawa;
    CollapseLimits collapse = {};
    uint64_t most_confusions = uint64_t{1} << 24;  // entries of all matrices: 128 MiB, kept twice
    IterationLimits limits = {};
};

struct GuardedConsensus {
    Consensus consensus;
    std::vector<Fallback> fallbacks;  // in the order in which methods were given up; empty is the rule
    // Items on which at least three reviewers agreed, all of them, and the choice is another label: to be looked at.
    std::vector<uint32_t> overruled;
};

GuardedConsensus guarded_consensus(const stats::AnswerTable& table, const Evidence& evidence = {},
                                   const GuardOptions& options = {});

// One method without guard; evidence is used by those that can (not majority, Wawa, GLAD, BWA).
Consensus consensus_by(Method method, const stats::AnswerTable& table, const Evidence& evidence = {},
                       const IterationLimits& limits = {});

}  // namespace countersign::consensus

#pragma once
// Whether an item has been reviewed by enough people: by a quorum, which anybody can count, or by the posterior, which
// asks as many as the item needs.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "core/consensus/model_vote.h"
#include "core/people/lookahead.h"

namespace countersign::people {

enum class Stop : uint8_t {
    ask_another,
    settled,        // there is a quorum, or one label is sure enough
    not_worth_it,   // not sure enough, and more answers would cost more than they are worth
    out_of_answers  // no quorum, or not sure enough, and nobody is asked any more: adjudicate
};

struct QuorumRule {
    size_t equal = 2;  // answers that say the same
    size_t most = 3;   // answers in all
};

struct QuorumDecision {
    Stop stop = Stop::ask_another;
    uint32_t label = 0;  // the lowest of those with most answers
    size_t equal = 0;    // of them
    size_t answers = 0;
};

// Goes to adjudication as soon as no label can reach the quorum any more, not after the last answer. CS_CHECKs that
// 1 <= equal <= most.
QuorumDecision decide_by_quorum(std::span<const uint32_t> answers, size_t labels, const QuorumRule& rule);

struct PosteriorRule {
    double certainty = 0.99;  // enough when one label is this sure
    size_t least = 1;         // answers that are asked for in any case
    size_t most = 5;          // nobody is asked beyond these
    // Of one answer, as a share of what an error costs: 0.002 where an error costs as much as 500 reviews. With 0 the
    // other limits alone decide.
    double cost = 0;
};

struct PosteriorDecision {
    Stop stop = Stop::ask_another;
    uint32_t label = 0;
    double certainty = 0;
    size_t answers = 0;
    Lookahead next = {};  // why asking is worth it or not; where nothing else has decided
};

// `confusions`: of whoever would be asked next, as in lookahead.h; of nobody in particular those of the crowd
// (consensus::crowd_confusions).
PosteriorDecision decide_by_posterior(const consensus::RunningPosterior& posterior, std::span<const double> confusions,
                                      const PosteriorRule& rule);

// "'gas' has 2 of 2 equal answers that are needed", "'gas' is 0.931 sure, 0.990 are wanted; 2 more answers would make
// it 0.972".
std::string sentence(const QuorumDecision& decision, const QuorumRule& rule, std::span<const std::string> labels);
std::string sentence(const PosteriorDecision& decision, const PosteriorRule& rule, std::span<const std::string> labels);

}  // namespace countersign::people

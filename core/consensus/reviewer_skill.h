#pragma once
// How often a reviewer is right, as far as the consensus can tell, with an interval; what he confuses more than others.
// To be shown with its interval, never as a ranking of bare figures: on some sets (faces' expressions) no method
// orders reviewers better than chance.

#include <vector>

#include "core/consensus/consensus.h"

namespace countersign::consensus {

// Whether an answer helps to decide what it is measured against.
enum class OwnAnswers {
    left_out,  // the posterior of each item is that of the others' answers and the prior
    counted
};

struct ReviewerSkill {
    size_t answers = 0;
    double right = 0;  // expected number of right answers
    // Posterior of the share of right answers: Beta(right + 10 g, answers - right + 10 (1 - g)) with the crowd's g.
    double mean = 0;
    double low = 0;
    double high = 0;
};

struct SkillOptions {
    OwnAnswers own = OwnAnswers::left_out;
    double level = 0.95;   // of the interval, equal tails
    double strength = 10;  // of the crowd's skill, in answers
    // Items that were planted or adjudicated: their truth counts, whatever the others said.
    std::span<const KnownTruth> known = {};
};

// One a reviewer. CS_CHECKs that the consensus has likelihoods if own answers are left out. Of an item on which nobody
// else answered, only the prior judges.
std::vector<ReviewerSkill> reviewer_skills(const Consensus& consensus, const stats::AnswerTable& table,
                                           const SkillOptions& options = {});

// The crowd's confusions: the mean of the reviewers', each weighted by his answers; by [truth][answer].
std::vector<double> crowd_confusions(const Consensus& consensus, const stats::AnswerTable& table);

// ln of how many times as often this reviewer says `answer` to `truth` as the crowd does: 0 is as everybody, 0.69 twice
// as often. Of estimated confusions, so drawn to the crowd's where there are few answers.
double bias(const Consensus& consensus, std::span<const double> crowd, size_t reviewer, size_t truth, size_t answer);

// P(says `label` | it is another) minus the crowd's, over truths as common as the class prior: of the label "accept",
// leniency. 0 where there is no other label.
double leniency(const Consensus& consensus, std::span<const double> crowd, size_t reviewer, size_t label);

}  // namespace countersign::consensus

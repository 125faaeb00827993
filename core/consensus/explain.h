#pragma once
// Why an item got its label: which answer moved the posterior by how much. In nats, so that the parts add up: the
// logarithm of the odds between the label chosen and the next best is the prior's part plus that of each answer.

#include <vector>

#include "core/consensus/consensus.h"

namespace countersign::consensus {

struct AnswerEvidence {
    stats::Answer answer;
    // ln P(answer | for) - ln P(answer | against); negative speaks against the choice. 0 for the methods without.
    double nats = 0;
    // What it weighs where the method only weighs: the reviewer's skill (Wawa, BWA), 1 (majority).
    double weight = 0;
};

struct Explanation {
    Choice choice;
    uint32_t label_for = 0;
    uint32_t label_against = 0;
    bool in_nats = false;  // the method has likelihoods
    double prior_nats = 0;
    double total_nats = 0;                // prior and answers
    std::vector<AnswerEvidence> answers;  // in the table's order
};

// Compares the choice with the runner-up; of hierarchical with Wawa, the likelihoods of the first explain.
Explanation explain(const Consensus& consensus, const stats::AnswerTable& table, size_t item);
// The same for any two labels.
Explanation explain(const Consensus& consensus, const stats::AnswerTable& table, size_t item, uint32_t label_for,
                    uint32_t label_against);

}  // namespace countersign::consensus

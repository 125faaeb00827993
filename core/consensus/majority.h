#pragma once
// Majority vote, and the vote weighted by agreement with it: two passes over the answers, no model. What everything
// else is compared with, and falls back to (guard.h).

#include <vector>

#include "core/consensus/consensus.h"

namespace countersign::consensus {

// The posterior is each label's share of the item's answers; the same for all labels where there is none.
// Skill is the share of a reviewer's answers that equal the majority's.
Consensus majority_vote(const stats::AnswerTable& table);

// "Worker agreement with aggregate", after Appen: score_ik = sum of the skills of those who said k, over the item's
// sum. Skill as above. Where all who answered an item have skill 0, their shares.
// An answer that equals one of several labels with the same number of votes earns that part of an agreement.
Consensus wawa(const stats::AnswerTable& table);

// Shares of answers, item-major: the start of every iteration in this folder. CS_CHECKs that there are labels.
std::vector<double> vote_shares(const stats::AnswerTable& table);

// The mean posterior of the items with answers: Consensus::class_prior. Each label alike where there are none.
std::vector<double> class_shares(const stats::AnswerTable& table, const std::vector<double>& posterior);

}  // namespace countersign::consensus

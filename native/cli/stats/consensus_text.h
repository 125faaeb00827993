#pragma once
// What several reviewers' answers add up to, in words, as JSON and as CSV.

#include <optional>
#include <string>
#include <vector>

#include "core/consensus/explain.h"
#include "core/consensus/guard.h"
#include "core/consensus/reviewer_skill.h"
#include "core/table/answers.h"

namespace countersign::native {

// Against labels that are known.
struct Accuracy {
    size_t judged = 0;   // items with answers whose label is known
    double right = 0;    // of them; of several labels that are tied, each counts its part
    size_t unknown = 0;  // known items that nobody answered, or whose label nobody has
};

struct ConsensusOutcome {
    const table::NamedAnswers& named;
    const stats::AnswerTable& table;
    consensus::GuardedConsensus guarded;
    std::vector<consensus::ReviewerSkill> reviewers;  // empty for methods that know none
    std::optional<Accuracy> accuracy;
    size_t repeats = 0;
};

std::string consensus_text(const ConsensusOutcome& outcome);
std::string consensus_json(const ConsensusOutcome& outcome);
// item,label,posterior,state,answers: a line an item.
std::string consensus_csv(const ConsensusOutcome& outcome);
std::string explanation_text(const ConsensusOutcome& outcome, uint32_t item);

}  // namespace countersign::native

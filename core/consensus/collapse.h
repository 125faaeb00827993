#pragma once
// Whether an estimated consensus has collapsed: settled on a solution that has nothing to do with what reviewers said,
// as one label for all items, or reviewers whose answers count against themselves. It shows in two figures, and neither
// needs the truth.

#include <optional>
#include <string>

#include "core/consensus/consensus.h"

namespace countersign::consensus {

enum class Collapse {
    against_majority,  // the share of items whose choice is none of the majority's
    no_skill,          // the reviewers' mean skill, each answer counting once
    too_large          // reviewers x labels^2 would not fit into memory
};

// A method that was given up, and why.
struct Fallback {
    Method from = Method::majority;
    Collapse why = Collapse::against_majority;
    double measured = 0;
    double limit = 0;
};

// "Dawid-Skene was not used: it contradicts the majority on 52 % of the items; at most 40 % are believed"
std::string sentence(const Fallback& fallback);

struct CollapseLimits {
    double most_against_majority = 0.40;
    double least_above_chance = 0.05;
};

// Nothing where all is well, where there are no answers, or where there is but one label.
std::optional<Fallback> find_collapse(const Consensus& consensus, const stats::AnswerTable& table,
                                      const CollapseLimits& limits = {});

// Share of the items with answers whose choice is none of the labels with most votes. Known items count too.
double against_majority(const Consensus& consensus, const stats::AnswerTable& table);
// Mean skill over answers; 0 without any.
double mean_skill(const Consensus& consensus, const stats::AnswerTable& table);

}  // namespace countersign::consensus

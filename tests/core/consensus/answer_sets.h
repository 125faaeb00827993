#pragma once
// Sets of answers with truth for tests of consensus: read from CSV, and how right a consensus is on them.

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/consensus/consensus.h"

namespace countersign::testing {

struct AnswerSet {
    stats::AnswerTable answers;
    std::vector<consensus::KnownTruth> truth;
};

// data/aggregation/<name> of the shared folder, the first of repeated answers kept; nothing where it is absent.
std::optional<AnswerSet> shared_answers(const std::string& name);

// Answers as an expert writes them: a text an item, a character a reviewer, the digit that he chose or a dot.
stats::AnswerTable written_answers(const std::vector<std::string>& items, size_t labels);

// Share of the truths that are chosen; of several largest posteriors each has its part of the credit.
double accuracy(const consensus::Consensus& consensus, const std::vector<consensus::KnownTruth>& truth);

// Of two lists of the same length; ties have their mean rank.
double spearman(const std::vector<double>& a, const std::vector<double>& b);

}  // namespace countersign::testing

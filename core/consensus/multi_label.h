#pragma once
// Items to which any number of labels may apply: each label is a question of its own, present or not (binary
// relevance), with confusions of its own; a reviewer's skill is one over all labels.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "core/consensus/expectation.h"

namespace countersign::consensus {

// What one reviewer said about one item. No labels is an answer too: none applies.
struct LabelSet {
    uint32_t item = 0;
    uint32_t reviewer = 0;
    std::vector<uint32_t> labels = {};
};

struct MultiLabelConsensus {
    size_t labels = 0;
    // Item-major, P(label applies). Of items without answers the label's frequency, which is no consensus.
    std::vector<double> present = {};
    std::vector<double> skill = {};  // of each reviewer, over all questions

    std::span<const double> of_item(size_t item) const { return std::span(present).subspan(item * labels, labels); }
};

// CS_CHECKs that numbers are below their counts.
MultiLabelConsensus multi_label(std::span<const LabelSet> answers, size_t items, size_t reviewers, size_t labels,
                                const IterationLimits& limits = {});

}  // namespace countersign::consensus

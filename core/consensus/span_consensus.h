#pragma once
// Passages that several reviewers marked in one text, brought together. A text is cut where anybody's span begins or
// ends; of each piece every reviewer of the text has said whether it belongs, and that is a question with two labels
// for any method of guard.h. A piece counts once however long it is: its characters are no independent evidence.
//
// Positions are code points, begin inclusive, end exclusive; labels are decided one by one.

#include <cstdint>
#include <span>
#include <vector>

#include "core/agreement/spans.h"
#include "core/consensus/consensus.h"

namespace countersign::consensus {

struct SpanReview {
    uint32_t reviewer = 0;
    std::vector<agreement::MarkedSpan> spans = {};  // none is an answer too
};

struct ReviewedText {
    uint32_t length = 0;
    std::vector<SpanReview> reviews = {};  // at most one a reviewer
};

enum class Boundaries {
    of_pieces,  // where the posterior passes one half
    of_members  // the median of the ends of the reviewers' spans that the passage overlaps
};

struct SpanOptions {
    Method method = Method::hierarchical;
    // Passages with no more code points than this between them become one: a blank between two marked words.
    uint32_t gap = 1;
    Boundaries boundaries = Boundaries::of_members;
};

struct ConsensusSpan {
    agreement::MarkedSpan span;
    double certainty = 0;  // mean posterior over its code points
};

// One list a text, by label and position; spans of a label do not overlap. A piece belongs when its posterior is above
// one half: a tie does not.
std::vector<std::vector<ConsensusSpan>> span_consensus(std::span<const ReviewedText> texts, size_t reviewers,
                                                       const SpanOptions& options = {});

}  // namespace countersign::consensus

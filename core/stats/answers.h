#pragma once
// Who said what about which item, as consensus and agreement read it: everything is a number, names stay outside.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "core/stats/grouped.h"

namespace countersign::stats {

struct Answer {
    uint32_t item = 0;
    uint32_t reviewer = 0;
    uint32_t label = 0;
};

// Answers in order of their items; those on one item in the order in which they were given. The number of labels is
// the schema's, not the data's: a label that nobody chose counts. An item without answers is allowed.
class AnswerTable {
public:
    // CS_CHECKs that every number is below its count.
    AnswerTable(const std::vector<Answer>& answers, size_t items, size_t reviewers, size_t labels);

    size_t items() const { return answers_.groups(); }

    size_t reviewers() const { return reviewers_; }

    size_t labels() const { return labels_; }

    std::span<const Answer> all() const { return answers_.all(); }

    std::span<const Answer> of_item(size_t item) const { return answers_.of(item); }

private:
    Grouped<Answer> answers_;
    size_t reviewers_;
    size_t labels_;
};

// Of several answers of one reviewer on one item, the one that was given last (a correction) or first.
enum class Repeats { keep_last, keep_first };
std::vector<Answer> without_repeats(std::vector<Answer> answers, Repeats which);

}  // namespace countersign::stats

#pragma once
// Answers as agreement reads them: per unit (an item with at least one answer) how often each label was given. Nothing
// here or in what is built on it goes over pairs of reviewers.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "core/stats/answers.h"

namespace countersign::agreement {

struct LabelCount {
    uint32_t label = 0;
    uint32_t count = 0;  // at least 1

    friend auto operator<=>(const LabelCount&, const LabelCount&) = default;
};

uint64_t answers_in(std::span<const LabelCount> unit);

class Ratings {
public:
    // Of several answers of one reviewer on one item, one is kept: nobody is compared with himself.
    explicit Ratings(const stats::AnswerTable& table, stats::Repeats repeats = stats::Repeats::keep_last);

    size_t units() const { return begins_.size() - 1; }

    size_t labels() const { return table_.labels(); }

    // Of the table; some may have answered nothing.
    size_t reviewers() const { return table_.reviewers(); }

    // By label; never empty.
    std::span<const LabelCount> of_unit(size_t unit) const {
        return std::span(counts_).subspan(begins_[unit], begins_[unit + 1] - begins_[unit]);
    }

    // The answers that are kept, item by item.
    const stats::AnswerTable& answers() const { return table_; }

    // The item of each unit.
    std::span<const uint32_t> items() const { return items_; }

private:
    stats::AnswerTable table_;
    std::vector<LabelCount> counts_;
    std::vector<size_t> begins_{0};
    std::vector<uint32_t> items_;
};

}  // namespace countersign::agreement

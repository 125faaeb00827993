#include "core/agreement/ratings.h"

#include <algorithm>

namespace countersign::agreement {

namespace {

stats::AnswerTable table_without_repeats(const stats::AnswerTable& table, stats::Repeats repeats) {
    return {stats::without_repeats({table.all().begin(), table.all().end()}, repeats), table.items(), table.reviewers(),
            table.labels()};
}

}  // namespace

uint64_t answers_in(std::span<const LabelCount> unit) {
    uint64_t sum = 0;
    for (const LabelCount& one : unit) {
        sum += one.count;
    }
    return sum;
}

Ratings::Ratings(const stats::AnswerTable& table, stats::Repeats repeats)
    : table_(table_without_repeats(table, repeats)) {
    std::vector<uint32_t> labels;
    for (size_t item = 0; item < table_.items(); ++item) {
        labels.clear();
        for (const stats::Answer& answer : table_.of_item(item)) {
            labels.push_back(answer.label);
        }
        if (labels.empty()) {
            continue;
        }
        std::ranges::sort(labels);
        for (const uint32_t label : labels) {
            if (counts_.size() == begins_.back() || counts_.back().label != label) {
                counts_.push_back({label, 0});
            }
            ++counts_.back().count;
        }
        begins_.push_back(counts_.size());
        items_.push_back(static_cast<uint32_t>(item));
    }
}

}  // namespace countersign::agreement

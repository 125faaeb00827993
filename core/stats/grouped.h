#pragma once
// Entries brought together by the number of their group: of each item the answers, of each reviewer the times.

#include <cstddef>
#include <numeric>
#include <span>
#include <vector>

#include "core/base/check.h"

namespace countersign::stats {

// Entries in order of their groups, those of one group in the order in which they came; a group may be empty. Linear.
template <class Entry>
class Grouped {
public:
    // `group_of` gives a number below `groups`, which is CS_CHECKed.
    template <class Entries, class GroupOf>
    Grouped(const Entries& entries, size_t groups, GroupOf group_of)
        : entries_(entries.size()), begins_(groups + 1, 0) {
        // Counted and put in place.
        for (const Entry& entry : entries) {
            CS_CHECK(group_of(entry) < groups);
            ++begins_[group_of(entry) + 1];
        }
        std::partial_sum(begins_.begin(), begins_.end(), begins_.begin());
        std::vector<size_t> next(begins_.begin(), begins_.end());
        for (const Entry& entry : entries) {
            entries_[next[group_of(entry)]++] = entry;
        }
    }

    size_t groups() const { return begins_.size() - 1; }

    std::span<const Entry> all() const { return entries_; }

    std::span<const Entry> of(size_t group) const {
        return std::span(entries_).subspan(begins_[group], begins_[group + 1] - begins_[group]);
    }

private:
    std::vector<Entry> entries_;
    std::vector<size_t> begins_;  // of each group's entries, and the end
};

}  // namespace countersign::stats

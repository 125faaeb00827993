#pragma once
// What everybody's queue does to due times: a plan's sum knows how urgent a task is, not that somebody was given five
// that are due within the hour. Internal to core/people.
//
// Everybody does first what is due first, then by id, from when he is there and has done what he has already: if any
// order is late with nothing, this one is (Jackson 1955). That he may leave in between is not looked at.

#include <cstddef>
#include <vector>

#include "core/people/slate.h"

namespace countersign::people {

// Tasks that were due when the plan was made are not called late: nobody could do anything about it.
class Queues {
public:
    Queues(const Slate& slate, std::vector<Pair> pairs);

    size_t late() const;

    // Late tasks are moved to somebody who does them in time, or exchanged for one that has time, whenever fewer are
    // late after it; of several such changes the one that costs least of the plan's sum. Every limit stays kept.
    // The number of changes.
    size_t keep_due_times();

    // Sorted.
    std::vector<Pair> pairs() const;

    // In seconds from now.
    double done_at(const Pair& pair) const;

private:
    struct Change;

    size_t late_of(uint32_t reviewer, const std::vector<uint32_t>& queue) const;
    bool is_late(uint32_t task, double done) const;
    std::vector<uint32_t> with(uint32_t reviewer, uint32_t task) const;
    bool has_room(uint32_t reviewer, const std::vector<uint32_t>& queue) const;
    bool help(uint32_t reviewer);
    void consider_move(Change& best, uint32_t from, uint32_t task, uint32_t to) const;
    void consider_exchange(Change& best, uint32_t from, uint32_t task, uint32_t to, uint32_t other) const;

    const Slate& slate_;
    std::vector<std::vector<uint32_t>> queues_;  // of each reviewer, in the order in which he does them
    std::vector<size_t> late_;                   // of each reviewer
    mutable size_t tries_ = 0;
};

}  // namespace countersign::people

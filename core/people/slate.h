#pragma once
// A plan's tasks and people as numbers: every possible pair with what it is worth. Internal to core/people.
//
// Tasks and people are numbered in order of their ids, so that ties go by id, whatever the order of the input.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "core/people/plan.h"

namespace countersign::people {

struct Pair {
    uint32_t task = 0;  // of the slate
    uint32_t reviewer = 0;

    auto operator<=>(const Pair&) const = default;
};

class Slate {
public:
    // CS_CHECKs that neither an item nor a reviewer stands there twice. O(tasks x reviewers).
    explicit Slate(const PlanInput& input);

    size_t tasks() const { return tasks_.size(); }

    size_t reviewers() const { return reviewers_.size(); }

    // Places in the input.
    size_t task_place(size_t task) const { return tasks_[task]; }

    size_t reviewer_place(size_t reviewer) const { return reviewers_[reviewer]; }

    int32_t open_slots(size_t task) const { return open_[task]; }

    bool is_possible(size_t task, size_t reviewer) const { return worth_[at(task, reviewer)] >= 0; }

    // Gain per minute and urgency of a possible pair: what does not depend on the rest of the plan. 0 or more.
    double worth(size_t task, size_t reviewer) const { return worth_[at(task, reviewer)]; }

    double seconds(size_t task, size_t reviewer) const;

    // What the reviewer's next review earns for his free capacity after so many in this plan. 0 or more; falls.
    double balance(size_t reviewer, size_t planned) const;

    // From now: when the task is due (infinite: never; 0 and below: already), and when the reviewer has done what he
    // has and is there.
    double due_seconds(size_t task) const { return due_[task]; }

    double begin_seconds(size_t reviewer) const { return begins_[reviewer]; }

    // Of today, before this plan; as many as there are tasks where there is no limit, and infinite.
    size_t reviews_left(size_t reviewer) const { return limits_[reviewer].reviews; }

    double seconds_left(size_t reviewer) const { return limits_[reviewer].seconds; }

    double usual_gain_per_minute() const { return usual_; }

    Terms terms(size_t task, size_t reviewer, size_t planned) const;

    // What a plan maximises.
    double total(std::span<const Pair> pairs) const;

private:
    struct Limits {
        size_t reviews = 0;
        double seconds = 0;
        double busy = 0;  // share of the day that is used up
        double step = 0;  // and by one review more
    };

    size_t at(size_t task, size_t reviewer) const { return (task * reviewers_.size()) + reviewer; }

    void measure_times();
    void number_kinds();
    void measure_gains();
    void measure_limits();
    double urgency_of(size_t task, size_t reviewer) const;
    double gain(size_t task, size_t reviewer) const;

    const PlanInput input_;
    std::vector<size_t> tasks_;
    std::vector<size_t> reviewers_;
    std::vector<int32_t> open_;
    std::vector<double> due_;          // of each task, seconds from now
    std::vector<double> begins_;       // of each reviewer, seconds from now
    std::vector<size_t> kind_of_;      // of each task
    std::vector<double> correctness_;  // [reviewer][kind]
    std::vector<double> time_factor_;  // [reviewer][kind]
    size_t kinds_ = 0;
    std::vector<double> worth_;  // [task][reviewer], below 0 where impossible
    std::vector<Limits> limits_;
    double usual_ = 1;
};

}  // namespace countersign::people

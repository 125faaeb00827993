#pragma once
// Who reviews what, for many tasks and people at once: so that the sum of Terms::total() over all assignments is large,
// nobody gets what he may not review or more than he can, and the slots of a task go to different people.
//
// exact:  the largest sum there is, by a matching (core/stats/assignment.h) in which each possible pair is a gadget of
//         two nodes, so that a pair is used once whatever copies of task and person there are; time limits by branch
//         and bound on top. For small sets.
// greedy: by regret, always the slot that would lose most if its best person were taken (the difference to the second
//         best), and once more by value alone, which ends at a third of the best sum at least where limits count
//         reviews (a submodular sum under two matroids); the better of the two. Up to 500 assignments it is then
//         improved by moves and exchanges (core/people/improve.h). Tests measure it against the exact plan.
//
// Either plan then keeps due times (core/people/queues.h): who was given more than he can do in time hands it on, also
// where that costs some of the sum.
//
// The slots of a task are valued alike, as if each were the first answer to come.
//
// Deterministic, and independent of the order in which tasks and people are given: ties go by id.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "core/base/instant.h"
#include "core/people/reviewer.h"
#include "core/people/task.h"
#include "core/people/worth.h"

namespace countersign::people {

struct PlanInput {
    std::span<const Task> tasks;          // no item twice
    std::span<const Reviewer> reviewers;  // no id twice
    Instant now;
    Weights weights = {};
    Crowd crowd = {};
};

struct Assignment {
    size_t task = 0;          // of PlanInput::tasks
    size_t reviewer = 0;      // of PlanInput::reviewers
    Terms terms;              // balance: of the last review that the plan gives him, whichever that is
    double done_seconds = 0;  // from now, if he does first what is due first
    bool is_late = false;     // done after it is due, though it was not due yet when the plan was made
};

enum class PlanMethod : uint8_t { exact, by_regret, by_value };
std::string_view plan_method_name(PlanMethod method);

struct Plan {
    std::vector<Assignment> assignments;  // by task, then by reviewer's id
    std::vector<size_t> unfilled;         // tasks, once for each slot that nobody can fill
    double total = 0;
    PlanMethod method = PlanMethod::exact;
    // Proved that no plan has a larger total; not said of one that was changed for due times.
    bool is_best = false;
    size_t late = 0;                   // assignments
    double usual_gain_per_minute = 0;  // what Terms::gain_per_minute is relative to
};

enum class Effort : uint8_t {
    automatic,  // exact up to 120 possible pairs and 24 open slots
    greedy,
    exact  // CS_CHECKs at most 1,000 possible pairs: cost grows with the cube of pairs and slots
};

Plan plan_reviews(const PlanInput& input, Effort effort = Effort::automatic);

// A reviewer's tasks in the order in which he is to do them: first what is due first.
std::vector<size_t> queue_of(const Plan& plan, size_t reviewer);

}  // namespace countersign::people

#include "core/people/plan.h"

#include <algorithm>

#include "core/base/check.h"
#include "core/people/choose.h"
#include "core/people/queues.h"
#include "core/people/slate.h"

namespace countersign::people {

namespace {

Plan as_plan(const Slate& slate, ChosenPairs chosen) {
    Queues queues(slate, std::move(chosen.pairs));
    const size_t changes = queues.keep_due_times();
    const std::vector<Pair> pairs = queues.pairs();
    Plan out{.assignments = {},
             .unfilled = {},
             .total = slate.total(pairs),
             .method = chosen.method,
             .is_best = chosen.is_best && changes == 0,
             .late = queues.late(),
             .usual_gain_per_minute = slate.usual_gain_per_minute()};
    std::vector<size_t> planned(slate.reviewers(), 0);
    std::vector<int32_t> left(slate.tasks());
    for (size_t t = 0; t < slate.tasks(); ++t) {
        left[t] = slate.open_slots(t);
    }
    for (const Pair& pair : pairs) {
        ++planned[pair.reviewer];
        --left[pair.task];
    }
    for (const Pair& pair : pairs) {
        const double done = queues.done_at(pair);
        const double due = slate.due_seconds(pair.task);
        out.assignments.push_back({.task = slate.task_place(pair.task),
                                   .reviewer = slate.reviewer_place(pair.reviewer),
                                   .terms = slate.terms(pair.task, pair.reviewer, planned[pair.reviewer] - 1),
                                   .done_seconds = done,
                                   .is_late = done > due && due > 0});
    }
    std::ranges::stable_sort(out.assignments, {}, &Assignment::task);
    for (size_t t = 0; t < slate.tasks(); ++t) {
        out.unfilled.insert(out.unfilled.end(), static_cast<size_t>(left[t]), slate.task_place(t));
    }
    std::ranges::sort(out.unfilled);
    return out;
}

}  // namespace

std::string_view plan_method_name(PlanMethod method) {
    switch (method) {
        case PlanMethod::exact: return "exact";
        case PlanMethod::by_regret: return "greedy by regret";
        case PlanMethod::by_value: return "greedy by value";
    }
    CS_CHECK(false);
}

Plan plan_reviews(const PlanInput& input, Effort effort) {
    const Slate slate(input);
    return as_plan(slate, choose_pairs(slate, effort));
}

std::vector<size_t> queue_of(const Plan& plan, size_t reviewer) {
    std::vector<const Assignment*> own;
    for (const Assignment& one : plan.assignments) {
        if (one.reviewer == reviewer) {
            own.push_back(&one);
        }
    }
    // Each takes time, so no two are done at once.
    std::ranges::sort(own, {}, &Assignment::done_seconds);
    std::vector<size_t> out;
    for (const Assignment* one : own) {
        out.push_back(one->task);
    }
    return out;
}

}  // namespace countersign::people

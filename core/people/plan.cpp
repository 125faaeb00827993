#include "core/people/plan.h"

#include <algorithm>

#include "core/base/check.h"
#include "core/people/exact.h"
#include "core/people/greedy.h"
#include "core/people/improve.h"
#include "core/people/slate.h"

namespace countersign::people {

namespace {

constexpr size_t kMostPairsAtOnce = 120;
constexpr size_t kMostSlotsAtOnce = 24;
constexpr size_t kMostPairs = 1'000;
constexpr size_t kMostImproved = 500;

struct Size {
    size_t pairs = 0;
    size_t slots = 0;
};

Size size_of(const Slate& slate) {
    Size out;
    for (size_t t = 0; t < slate.tasks(); ++t) {
        out.slots += static_cast<size_t>(slate.open_slots(t));
        for (size_t j = 0; j < slate.reviewers(); ++j) {
            out.pairs += slate.is_possible(t, j) ? 1 : 0;
        }
    }
    return out;
}

Plan as_plan(const Slate& slate, std::vector<Pair> pairs, PlanMethod method, bool is_best) {
    Plan out{.assignments = {},
             .unfilled = {},
             .total = slate.total(pairs),
             .method = method,
             .is_best = is_best,
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
        out.assignments.push_back({.task = slate.task_place(pair.task),
                                   .reviewer = slate.reviewer_place(pair.reviewer),
                                   .terms = slate.terms(pair.task, pair.reviewer, planned[pair.reviewer] - 1)});
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
    std::vector<Pair> pairs = plan_greedily(slate, Order::by_regret);
    PlanMethod method = PlanMethod::by_regret;
    std::vector<Pair> by_value = plan_greedily(slate, Order::by_value);
    if (slate.total(by_value) > slate.total(pairs)) {
        pairs = std::move(by_value);
        method = PlanMethod::by_value;
    }
    if (pairs.size() <= kMostImproved) {
        pairs = improve(slate, std::move(pairs));
    }
    const Size size = size_of(slate);
    const bool is_small = size.pairs <= kMostPairsAtOnce && size.slots <= kMostSlotsAtOnce;
    if (effort == Effort::greedy || (effort == Effort::automatic && !is_small)) {
        return as_plan(slate, std::move(pairs), method, false);
    }
    CS_CHECK(size.pairs <= kMostPairs);
    ExactPlan exact = plan_exactly(slate, std::move(pairs));
    return as_plan(slate, std::move(exact.pairs), PlanMethod::exact, exact.proved);
}

}  // namespace countersign::people

#include "core/people/choose.h"

#include "core/base/check.h"
#include "core/people/exact.h"
#include "core/people/greedy.h"
#include "core/people/improve.h"

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

}  // namespace

ChosenPairs choose_pairs(const Slate& slate, Effort effort) {
    ChosenPairs out{.pairs = plan_greedily(slate, Order::by_regret), .method = PlanMethod::by_regret};
    std::vector<Pair> by_value = plan_greedily(slate, Order::by_value);
    if (slate.total(by_value) > slate.total(out.pairs)) {
        out = {.pairs = std::move(by_value), .method = PlanMethod::by_value};
    }
    if (out.pairs.size() <= kMostImproved) {
        out.pairs = improve(slate, std::move(out.pairs));
    }
    const Size size = size_of(slate);
    const bool is_small = size.pairs <= kMostPairsAtOnce && size.slots <= kMostSlotsAtOnce;
    if (effort == Effort::greedy || (effort == Effort::automatic && !is_small)) {
        return out;
    }
    CS_CHECK(size.pairs <= kMostPairs);
    ExactPlan exact = plan_exactly(slate, std::move(out.pairs));
    return {.pairs = std::move(exact.pairs), .method = PlanMethod::exact, .is_best = exact.proved};
}

}  // namespace countersign::people

#include "core/certificate/plan.h"

#include <algorithm>

#include "core/base/check.h"
#include "core/certificate/bounds.h"
#include "core/stats/elementary.h"

namespace countersign::certificate {

namespace {

// Beyond this nobody reviews; a rate so close to epsilon that more would be needed counts as too high.
constexpr int64_t kMost = 10'000'000;
// Enough for any epsilon and delta from a millionth on.
constexpr int64_t kMostOfAll = int64_t{1} << 40;

// The least n in (low, most] at which `holds`, which is false at low and stays true from some n on.
template <class Predicate>
std::optional<int64_t> first_count(int64_t low, int64_t most, Predicate holds) {
    int64_t high = std::max<int64_t>(low + 1, 16);
    while (!holds(high)) {
        low = high;
        high *= 2;
        if (high > most) {
            return std::nullopt;
        }
    }
    while (high - low > 1) {
        const int64_t middle = low + ((high - low) / 2);
        (holds(middle) ? high : low) = middle;
    }
    return high;
}

// So many more above the threshold take so many more of all: rounded up.
int64_t of_all(int64_t more, const Cut& cut, int64_t size) {
    return ((more * size) + cut.accepted - 1) / cut.accepted;
}

// And so many of all have so many above the threshold: rounded down.
int64_t above(int64_t of_all, const Cut& cut, int64_t size) {
    return of_all * cut.accepted / size;
}

// Of n above the threshold, if errors stay as frequent as they were: rounded up.
int64_t errors_at_rate(const Cut& cut, int64_t n) {
    return ((cut.errors * n) + cut.accepted - 1) / cut.accepted;
}

double level_of_one_test(const Level& level, const SearchOptions& options, size_t grid) {
    const bool sequences = options.method == Method::fixed_sequence;
    return level.delta / (sequences ? options.starts : static_cast<double>(std::max<size_t>(grid, 1)));
}

// Plans from the laxest threshold on: it takes the fewest reviews of all items for each one above it, and most stricter
// ones are then seen not to be better by one test.
class Planner {
public:
    Planner(const Level& one_test, int64_t size)
        : one_test_(one_test), log_level_(stats::log(one_test.delta)), size_(size) {}

    void consider(const Cut& cut) {
        consider_no_more_errors(cut);
        if (static_cast<double>(cut.errors) < one_test_.epsilon * static_cast<double>(cut.accepted)) {
            consider_same_rate(cut);
        }
    }

    const ReviewPlan& plan() const { return plan_; }

private:
    bool passes(int64_t errors, int64_t n) const {
        return log_binomial_p_value(errors, n, one_test_.epsilon) <= log_level_;
    }

    void consider_no_more_errors(const Cut& cut) {
        if (planned_ && !passes(cut.errors, cut.accepted + above(plan_.if_no_more_errors, cut, size_))) {
            return;
        }
        const int64_t more = std::max<int64_t>(smallest_sample(cut.errors, one_test_) - cut.accepted, 0);
        plan_.if_no_more_errors = of_all(more, cut, size_);
        planned_ = true;
    }

    void consider_same_rate(const Cut& cut) {
        const int64_t best = plan_.at_observed_rate.value_or(kMost);
        const int64_t then = cut.accepted + above(best, cut, size_);
        if (!passes(errors_at_rate(cut, then), then)) {
            return;
        }
        const auto count =
            first_count(cut.accepted, kMost, [&](int64_t n) { return passes(errors_at_rate(cut, n), n); });
        if (count && of_all(*count - cut.accepted, cut, size_) < best) {
            plan_.at_observed_rate = of_all(*count - cut.accepted, cut, size_);
            plan_.threshold = cut.threshold;
        }
    }

    Level one_test_;
    double log_level_;
    int64_t size_;
    ReviewPlan plan_;
    bool planned_ = false;
};

}  // namespace

int64_t smallest_sample(int64_t errors, const Level& level) {
    CS_CHECK(errors >= 0 && level.epsilon > 0 && level.epsilon < 1 && level.delta > 0 && level.delta < 1);
    const double log_level = stats::log(level.delta);
    const auto found = first_count(
        errors, kMostOfAll, [&](int64_t n) { return log_binomial_p_value(errors, n, level.epsilon) <= log_level; });
    CS_CHECK(found);
    return *found;
}

ReviewPlan plan_reviews(const Sample& sample, const Level& level, const SearchOptions& options) {
    const std::vector<Cut> grid = coverage_grid(sample, options.grid, options.laxest);
    const Level one_test{level.epsilon, level_of_one_test(level, options, grid.size())};
    if (grid.empty()) {
        const int64_t least = smallest_sample(0, one_test);
        return {.if_no_more_errors = least, .at_observed_rate = least};
    }
    Planner planner(one_test, sample.size());
    for (auto cut = grid.rbegin(); cut != grid.rend(); ++cut) {
        planner.consider(*cut);
    }
    return planner.plan();
}

}  // namespace countersign::certificate

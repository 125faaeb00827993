#include "core/certificate/plan.h"

#include <algorithm>

#include "core/base/check.h"
#include "core/certificate/bounds.h"
#include "core/stats/elementary.h"

namespace countersign::certificate {

namespace {

// Beyond this nobody reviews; a rate this close to epsilon counts as above it.
constexpr int64_t kMost = 10'000'000;
// More than enough for no error at an epsilon and a delta of a millionth.
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

// Of n above the threshold, if errors stay as frequent as they were: rounded up.
int64_t errors_at_rate(const Cut& cut, int64_t n) {
    return ((cut.errors * n) + cut.accepted - 1) / cut.accepted;
}

// The least count above the threshold that passes at this rate, which is below epsilon.
std::optional<int64_t> sample_at_rate(const Cut& cut, double epsilon, double log_level) {
    return first_count(cut.accepted, kMost, [&](int64_t n) {
        return log_binomial_p_value(errors_at_rate(cut, n), n, epsilon) <= log_level;
    });
}

// So many more above the threshold take so many more of all: rounded up.
int64_t of_all(int64_t more, const Cut& cut, int64_t size) {
    return ((more * size) + cut.accepted - 1) / cut.accepted;
}

// And so many of all have so many above the threshold: rounded down.
int64_t above(int64_t of_all, const Cut& cut, int64_t size) {
    return of_all * cut.accepted / size;
}

double level_of_one_test(const Level& level, const SearchOptions& options, size_t grid) {
    const bool sequences = options.method == Method::fixed_sequence;
    return level.delta / (sequences ? options.starts : static_cast<double>(std::max<size_t>(grid, 1)));
}

}  // namespace

int64_t smallest_sample(int64_t errors, const Level& level) {
    CS_CHECK(errors >= 0 && level.epsilon > 0 && level.epsilon < 1 && level.delta > 0 && level.delta < 1);
    const double log_level = stats::log(level.delta);
    const std::optional<int64_t> found =
        first_count(errors, [&](int64_t n) { return log_binomial_p_value(errors, n, level.epsilon) <= log_level; });
    return found.value_or(kMost);
}

ReviewPlan plan_reviews(const Sample& sample, const Level& level, const SearchOptions& options) {
    const std::vector<Cut> grid = coverage_grid(sample, options.grid, options.laxest);
    const Level one_test{level.epsilon, level_of_one_test(level, options, grid.size())};
    const double log_level = stats::log(one_test.delta);
    if (grid.empty()) {
        const int64_t least = smallest_sample(0, one_test);
        return {.if_no_more_errors = least, .at_observed_rate = least};
    }
    // Planning from the laxest threshold on: it takes the fewest reviews of all items for each one above it, and most
    // stricter ones are then seen not to be better by one test.
    ReviewPlan plan{.if_no_more_errors = kMostOfAll >> 16};
    for (auto cut = grid.rbegin(); cut != grid.rend(); ++cut) {
        const auto passes_with = [&](int64_t more, int64_t errors) {
            return log_binomial_p_value(errors, cut->accepted + more, level.epsilon) <= log_level;
        };
        if (passes_with(above(plan.if_no_more_errors, *cut, sample.size()), cut->errors)) {
            const int64_t least = smallest_sample(cut->errors, one_test) - cut->accepted;
            plan.if_no_more_errors = of_all(std::max<int64_t>(least, 0), *cut, sample.size());
        }
        if (static_cast<double>(cut->errors) >= level.epsilon * static_cast<double>(cut->accepted)) {
            continue;
        }
        const int64_t best = above(plan.at_observed_rate.value_or(kMost), *cut, sample.size());
        if (passes_with(best, errors_at_rate(*cut, cut->accepted + best))) {
            const std::optional<int64_t> count = sample_at_rate(*cut, level.epsilon, log_level);
            const int64_t reviews = of_all(count.value_or(kMost) - cut->accepted, *cut, sample.size());
            if (reviews < plan.at_observed_rate.value_or(kMost)) {
                plan.at_observed_rate = reviews;
                plan.threshold = cut->threshold;
            }
        }
    }
    return plan;
}

}  // namespace countersign::certificate

#include "core/certificate/plan.h"

#include <algorithm>
#include <cmath>

#include "core/base/check.h"
#include "core/certificate/bounds.h"
#include "core/stats/elementary.h"

namespace countersign::certificate {

namespace {

// Beyond this nobody reviews; a rate this close to epsilon counts as above it.
constexpr int64_t kMost = 10'000'000;

// The least n in (low, kMost] at which `holds`, which is false at low and stays true from some n on.
template <class Predicate>
std::optional<int64_t> first_count(int64_t low, Predicate holds) {
    int64_t high = std::max<int64_t>(low + 1, 16);
    while (!holds(high)) {
        low = high;
        high *= 2;
        if (high > kMost) {
            return std::nullopt;
        }
    }
    while (high - low > 1) {
        const int64_t middle = low + ((high - low) / 2);
        (holds(middle) ? high : low) = middle;
    }
    return high;
}

// The least count above the threshold that passes if errors stay as frequent as they were.
std::optional<int64_t> sample_at_rate(const Cut& cut, double epsilon, double log_level) {
    const double rate = static_cast<double>(cut.errors) / static_cast<double>(cut.accepted);
    if (rate >= epsilon) {
        return std::nullopt;
    }
    return first_count(cut.accepted, [&](int64_t n) {
        const auto errors = static_cast<int64_t>(std::ceil(rate * static_cast<double>(n)));
        return log_binomial_p_value(errors, n, epsilon) <= log_level;
    });
}

// So many more above the threshold take so many more of all: rounded up.
int64_t of_all(int64_t more, const Cut& cut, int64_t size) {
    return ((more * size) + cut.accepted - 1) / cut.accepted;
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
    ReviewPlan plan{.if_no_more_errors = kMost};
    if (grid.empty()) {
        plan.if_no_more_errors = smallest_sample(0, one_test);
        plan.at_observed_rate = plan.if_no_more_errors;
    }
    for (const Cut& cut : grid) {
        const int64_t least =
            of_all(std::max<int64_t>(smallest_sample(cut.errors, one_test) - cut.accepted, 0), cut, sample.size());
        plan.if_no_more_errors = std::min(plan.if_no_more_errors, least);
        const std::optional<int64_t> count = sample_at_rate(cut, level.epsilon, log_level);
        if (count) {
            const int64_t reviews = of_all(*count - cut.accepted, cut, sample.size());
            if (!plan.at_observed_rate || reviews < *plan.at_observed_rate) {
                plan.at_observed_rate = reviews;
                plan.threshold = cut.threshold;
            }
        }
    }
    return plan;
}

}  // namespace countersign::certificate

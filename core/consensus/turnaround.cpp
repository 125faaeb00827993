#include "core/consensus/turnaround.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/base/check.h"
#include "core/stats/elementary.h"
#include "core/stats/grouped.h"
#include "core/stats/order.h"

namespace countersign::consensus {

namespace {

constexpr int kRounds = 20;
constexpr double kStill = 1e-9;

// Of nothing 0. Sorts them.
double median(std::vector<double>& values) {
    std::ranges::sort(values);
    return values.empty() ? 0 : stats::median(values);
}

using Positions = stats::Grouped<size_t>;  // of reviews, by one of their two numbers

Positions positions_by(std::span<const TimedReview> reviews, size_t groups, uint32_t TimedReview::* number) {
    std::vector<size_t> all(reviews.size());
    std::iota(all.begin(), all.end(), size_t{0});
    return {all, groups, [reviews, number](size_t i) { return reviews[i].*number; }};
}

// Moves each group's median from the residuals to its effect; the largest that was moved.
double polish(const Positions& groups, std::vector<double>& residuals, std::vector<double>& effects) {
    double most = 0;
    std::vector<double> values;
    for (size_t group = 0; group < effects.size(); ++group) {
        values.clear();
        for (const size_t i : groups.of(group)) {
            values.push_back(residuals[i]);
        }
        const double middle = median(values);
        for (const size_t i : groups.of(group)) {
            residuals[i] -= middle;
        }
        effects[group] += middle;
        most = std::max(most, std::abs(middle));
    }
    return most;
}

// The median effect of the groups that have reviews.
double typical(const Positions& groups, const std::vector<double>& effects) {
    std::vector<double> used;
    for (size_t group = 0; group < effects.size(); ++group) {
        if (!groups.of(group).empty()) {
            used.push_back(effects[group]);
        }
    }
    return median(used);
}

}  // namespace

Turnaround turnaround(std::span<const TimedReview> reviews, size_t items, size_t reviewers, double strength) {
    CS_CHECK(strength >= 0);
    Turnaround out{.item_log_seconds = std::vector<double>(items, 0),
                   .reviewer_log_factor = std::vector<double>(reviewers, 0)};
    std::vector<double> residuals;
    residuals.reserve(reviews.size());
    for (const TimedReview& review : reviews) {
        CS_CHECK(review.seconds > 0);
        residuals.push_back(stats::log(review.seconds));
    }
    const Positions by_item = positions_by(reviews, items, &TimedReview::item);
    const Positions by_reviewer = positions_by(reviews, reviewers, &TimedReview::reviewer);
    for (int round = 0; round < kRounds; ++round) {
        const double moved = polish(by_item, residuals, out.item_log_seconds);
        if (std::max(moved, polish(by_reviewer, residuals, out.reviewer_log_factor)) < kStill) {
            break;
        }
    }
    // The typical reviewer's factor is 0; what that takes goes to the items.
    const double middle = typical(by_reviewer, out.reviewer_log_factor);
    const double typical_item = typical(by_item, out.item_log_seconds) + middle;
    for (size_t item = 0; item < items; ++item) {
        out.item_log_seconds[item] = !by_item.of(item).empty() ? out.item_log_seconds[item] + middle : typical_item;
    }
    for (size_t j = 0; j < reviewers; ++j) {
        const auto n = static_cast<double>(by_reviewer.of(j).size());
        out.reviewer_log_factor[j] = n > 0 ? (out.reviewer_log_factor[j] - middle) * n / (n + strength) : 0;
    }
    for (double& residual : residuals) {
        residual = std::abs(residual);
    }
    out.spread = 1.4826 * median(residuals);
    return out;
}

bool too_fast(const Turnaround& times, const TimedReview& review) {
    CS_CHECK(review.item < times.item_log_seconds.size() && review.seconds > 0);
    return stats::log(review.seconds) < times.item_log_seconds[review.item] - (2.5 * times.spread);
}

}  // namespace countersign::consensus

#include "core/consensus/turnaround.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/base/check.h"
#include "core/stats/elementary.h"

namespace countersign::consensus {

namespace {

constexpr int kRounds = 20;
constexpr double kStill = 1e-9;

double median(std::vector<double>& values) {
    if (values.empty()) {
        return 0;
    }
    std::ranges::sort(values);
    const size_t half = values.size() / 2;
    return values.size() % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
}

// Positions of reviews by one of their two numbers, so that a group's residuals are found without searching.
class Groups {
public:
    Groups(std::span<const TimedReview> reviews, size_t groups, uint32_t TimedReview::* number)
        : begins_(groups + 1, 0), members_(reviews.size()) {
        for (const TimedReview& review : reviews) {
            CS_CHECK(review.*number < groups);
            ++begins_[review.*number + 1];
        }
        std::partial_sum(begins_.begin(), begins_.end(), begins_.begin());
        std::vector<size_t> next(begins_.begin(), begins_.end());
        for (size_t i = 0; i < reviews.size(); ++i) {
            members_[next[reviews[i].*number]++] = i;
        }
    }

    size_t size(size_t group) const { return begins_[group + 1] - begins_[group]; }

    // Moves each group's median from the residuals to its effect; the largest that was moved.
    double polish(std::vector<double>& residuals, std::vector<double>& effects) {
        double most = 0;
        for (size_t group = 0; group < effects.size(); ++group) {
            values_.clear();
            for (size_t at = begins_[group]; at < begins_[group + 1]; ++at) {
                values_.push_back(residuals[members_[at]]);
            }
            const double middle = median(values_);
            for (size_t at = begins_[group]; at < begins_[group + 1]; ++at) {
                residuals[members_[at]] -= middle;
            }
            effects[group] += middle;
            most = std::max(most, std::abs(middle));
        }
        return most;
    }

private:
    std::vector<size_t> begins_;
    std::vector<size_t> members_;
    std::vector<double> values_;
};

// The median effect of the groups that have reviews.
double typical(const Groups& groups, const std::vector<double>& effects) {
    std::vector<double> used;
    for (size_t group = 0; group < effects.size(); ++group) {
        if (groups.size(group) > 0) {
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
    Groups by_item(reviews, items, &TimedReview::item);
    Groups by_reviewer(reviews, reviewers, &TimedReview::reviewer);
    for (int round = 0; round < kRounds; ++round) {
        const double moved = by_item.polish(residuals, out.item_log_seconds);
        if (std::max(moved, by_reviewer.polish(residuals, out.reviewer_log_factor)) < kStill) {
            break;
        }
    }
    // The typical reviewer's factor is 0; what that takes goes to the items.
    const double middle = typical(by_reviewer, out.reviewer_log_factor);
    const double typical_item = typical(by_item, out.item_log_seconds) + middle;
    for (size_t item = 0; item < items; ++item) {
        out.item_log_seconds[item] = by_item.size(item) > 0 ? out.item_log_seconds[item] + middle : typical_item;
    }
    for (size_t j = 0; j < reviewers; ++j) {
        const auto n = static_cast<double>(by_reviewer.size(j));
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

#include "core/survival/breach.h"

#include <algorithm>
#include <cmath>

#include "core/base/check.h"
#include "core/consensus/turnaround.h"
#include "core/stats/elementary.h"

namespace countersign::survival {

namespace {

constexpr int kRounds = 5;

// Whether the difficulty of items can be told from chance: some item has two finished reviews.
bool has_repeated_items(std::span<const Turn> turns, size_t items) {
    std::vector<bool> seen(items, false);
    for (const Turn& turn : turns) {
        if (turn.ending == Ending::finished && seen[turn.item]) {
            return true;
        }
        seen[turn.item] = seen[turn.item] || turn.ending == Ending::finished;
    }
    return false;
}

Curve typical_curve(std::span<const Turn> turns, std::span<const double> factors, double confidence) {
    std::vector<Observation> typical;
    typical.reserve(turns.size());
    for (const Turn& turn : turns) {
        typical.push_back({turn.seconds / factors[turn.reviewer], turn.ending});
    }
    return kaplan_meier(typical, confidence);
}

// The time that half of those which are open at `time` are open longer than; `time` itself where the curve cannot say.
double likely_end(const Curve& curve, double time) {
    const double open = survival_at(curve, time);
    const auto half =
        std::ranges::partition_point(curve.steps, [open](const Step& step) { return step.survival > open / 2; });
    return open == 0 ? time : std::max(half == curve.steps.end() ? curve.longest : half->time, time);
}

// Factors out of finished times and, for those that are not finished, the times at which they likely will be.
std::vector<double> factors_of(std::span<const consensus::TimedReview> reviews, size_t items, size_t reviewers) {
    std::vector<double> out = consensus::turnaround(reviews, items, reviewers).reviewer_log_factor;
    for (double& factor : out) {
        factor = stats::exp(factor);
    }
    return out;
}

LateChance chance_of(const History& history, const OpenItem& item) {
    if (item.due_seconds <= item.age_seconds) {
        return {.probability = 1, .interval = {1, 1}};
    }
    CS_CHECK(!item.reviewer || *item.reviewer < history.factors.size());
    const double factor = item.reviewer ? history.factors[*item.reviewer] : 1;
    const auto later = conditional_survival(history.typical, item.age_seconds / factor, item.due_seconds / factor);
    if (!later) {
        return {.probability = 1, .interval = {0, 1}, .support = Support::unknown};
    }
    return {.probability = later->survival,
            .interval = {later->beyond ? 0 : later->interval.low, later->interval.high},
            .support = later->beyond ? Support::at_most : Support::seen};
}

}  // namespace

History learn(std::span<const Turn> turns, size_t items, size_t reviewers, double confidence) {
    for (const Turn& turn : turns) {
        CS_CHECK(turn.item < items && turn.reviewer < reviewers);
        CS_CHECK(turn.seconds > 0 || (turn.ending == Ending::censored && turn.seconds == 0));
    }
    // One review an item: each item's difficulty would explain its review, and no reviewer would differ.
    const bool by_item = has_repeated_items(turns, items);
    History out{.factors = std::vector<double>(reviewers, 1), .typical = {}};
    out.typical = typical_curve(turns, out.factors, confidence);
    for (int round = 0; round < kRounds && out.typical.finished > 0; ++round) {
        std::vector<consensus::TimedReview> reviews;
        for (const Turn& turn : turns) {
            const double factor = out.factors[turn.reviewer];
            const double seconds = turn.ending == Ending::finished
                                       ? turn.seconds
                                       : factor * likely_end(out.typical, turn.seconds / factor);
            if (seconds > 0) {
                reviews.push_back({by_item ? turn.item : 0, turn.reviewer, seconds});
            }
        }
        out.factors = factors_of(reviews, by_item ? items : 1, reviewers);
        out.typical = typical_curve(turns, out.factors, confidence);
    }
    return out;
}

Forecast forecast(const History& history, std::span<const OpenItem> open) {
    Forecast out;
    double variance = 0;
    for (const OpenItem& item : open) {
        const LateChance chance = chance_of(history, item);
        out.expected_late += chance.probability;
        variance += chance.probability * (1 - chance.probability);
        out.items.push_back(chance);
    }
    out.deviation = std::sqrt(variance);
    return out;
}

}  // namespace countersign::survival

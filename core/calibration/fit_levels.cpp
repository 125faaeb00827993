#include <vector>

#include "core/calibration/fit.h"
#include "core/calibration/scale.h"
#include "core/calibration/sorted.h"

namespace countersign::calibration {

namespace {

// Items that get one value, with weights whose mean over all items is 1.
struct Level {
    double from = 0;  // their least and largest confidence
    double to = 0;
    double right = 0;
    double weight = 0;
};

double value_of(const Level& level, Smoothing smoothing) {
    return smoothing == Smoothing::none ? level.right / level.weight : (level.right + 1) / (level.weight + 2);
}

// Neighbours are pooled until values do not fall.
void add_pooled(std::vector<Level>& levels, Level next, Smoothing smoothing) {
    while (!levels.empty() && value_of(levels.back(), smoothing) >= value_of(next, smoothing)) {
        next.from = levels.back().from;
        next.right += levels.back().right;
        next.weight += levels.back().weight;
        levels.pop_back();
    }
    levels.push_back(next);
}

std::vector<Level> pooled(const std::vector<Level>& levels, Smoothing smoothing) {
    std::vector<Level> out;
    for (const Level& level : levels) {
        add_pooled(out, level, smoothing);
    }
    return out;
}

// Levels of at least `min_items` items, none of which parts items with the same confidence.
std::vector<Level> levels_of(std::span<const Outcome> outcomes, size_t min_items) {
    const double scale = weight_scale(outcomes);
    const SortedOutcomes sorted(outcomes);
    std::vector<Level> out;
    size_t items = min_items;
    for (size_t i = 0; i < sorted.size(); ++i) {
        const Outcome& one = sorted[i];
        const bool same_as_before = i > 0 && sorted[i - 1].confidence == one.confidence;
        if (items >= min_items && !same_as_before) {
            out.push_back({.from = one.confidence, .to = one.confidence, .right = 0, .weight = 0});
            items = 0;
        }
        out.back().to = one.confidence;
        out.back().right += one.right ? one.weight * scale : 0;
        out.back().weight += one.weight * scale;
        ++items;
    }
    return out;
}

}  // namespace

Isotonic fit_isotonic(std::span<const Outcome> outcomes, Smoothing smoothing) {
    std::vector<Level> levels = pooled(levels_of(outcomes, 1), Smoothing::none);
    if (smoothing == Smoothing::laplace) {
        levels = pooled(levels, smoothing);
    }
    Isotonic out;
    for (const Level& level : levels) {
        const double value = value_of(level, smoothing);
        out.knots.push_back({level.from, value});
        if (level.to > level.from) {
            out.knots.push_back({level.to, value});
        }
    }
    return out;
}

Histogram fit_histogram(std::span<const Outcome> outcomes, size_t bins) {
    CS_CHECK(bins > 0);
    const size_t each = (outcomes.size() + bins - 1) / bins;
    Histogram out;
    for (const Level& level : pooled(levels_of(outcomes, each), Smoothing::laplace)) {
        out.bins.push_back({.up_to = level.to, .value = value_of(level, Smoothing::laplace)});
    }
    out.bins.back().up_to = 1;
    return out;
}

}  // namespace countersign::calibration

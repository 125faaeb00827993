#include "core/certificate/graded.h"

#include <algorithm>
#include <vector>

#include "core/base/check.h"
#include "core/certificate/betting.h"
#include "core/certificate/plan.h"
#include "core/certificate/sequences.h"
#include "core/stats/random.h"

namespace countersign::certificate {

namespace {

std::vector<double> losses_from(std::span<const GradedJudged> judged, Ppm threshold) {
    std::vector<double> out;
    for (const GradedJudged& one : judged) {
        if (one.score >= threshold) {
            out.push_back(one.loss);
        }
    }
    return out;
}

}  // namespace

std::optional<GradedCut> graded_threshold(std::span<const GradedJudged> judged, const Level& level, uint64_t order_seed,
                                          const SearchOptions& options) {
    CS_CHECK(level.epsilon > 0 && level.epsilon < 1 && level.delta > 0 && level.delta < 1 && options.starts >= 1);
    std::vector<GradedJudged> shuffled(judged.begin(), judged.end());
    stats::Random random(order_seed);
    random.shuffle(shuffled);
    std::vector<Judged> scores;
    scores.reserve(shuffled.size());
    for (const GradedJudged& one : shuffled) {
        scores.push_back({.score = one.score});
    }
    const std::vector<Cut> grid = coverage_grid(Sample(scores), options.grid, options.laxest);
    const double one_test = level.delta / options.starts;
    // Bets without any loss need a little more than this; it only says where to begin.
    const int64_t need =
        options.first_accepted > 0 ? options.first_accepted : smallest_sample(0, {level.epsilon, one_test});
    const auto first = std::ranges::find_if(grid, [need](const Cut& cut) { return cut.accepted >= need; });
    const Sequences found = run_sequences(
        equal_starts(static_cast<size_t>(first - grid.begin()), grid.size(), options.starts), grid.size(),
        [&](size_t i) { return betting_refutes(losses_from(shuffled, grid[i].threshold), level.epsilon, one_test); });
    if (!found.laxest) {
        return std::nullopt;
    }
    const Cut& cut = grid[*found.laxest];
    const std::vector<double> losses = losses_from(shuffled, cut.threshold);
    GradedCut out{.threshold = cut.threshold, .accepted = cut.accepted};
    for (const double loss : losses) {
        out.mean_loss += loss / static_cast<double>(cut.accepted);
    }
    out.upper = std::min(level.epsilon, betting_upper(losses, one_test));
    return out;
}

}  // namespace countersign::certificate

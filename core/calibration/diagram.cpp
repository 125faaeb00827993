#include "core/calibration/diagram.h"

#include "core/base/check.h"
#include "core/calibration/bins.h"
#include "core/calibration/bootstrap.h"
#include "core/calibration/sorted.h"
#include "core/stats/random.h"
#include "core/stats/special.h"

namespace countersign::calibration {

namespace {

// From the left: what is too small joins its right neighbour, and the last its left one.
std::vector<Bin> merged(const SortedOutcomes& outcomes, const std::vector<Bin>& bins, size_t min_items) {
    std::vector<Bin> out;
    size_t begin = 0;
    for (const Bin& bin : bins) {
        const bool last = bin.end == outcomes.size();
        const bool too_small = bin.end - begin < min_items;
        if (too_small && !last) {
            continue;
        }
        if (too_small && !out.empty()) {
            begin = out.back().begin;
            out.pop_back();
        }
        out.push_back(outcomes.bin(begin, bin.end));
        begin = bin.end;
    }
    return out;
}

stats::Interval consistency(const SortedOutcomes& outcomes, const Bin& bin, const DiagramOptions& options,
                            stats::Random& random) {
    std::vector<double> accuracies;
    accuracies.reserve(options.repeats);
    for (size_t repeat = 0; repeat < options.repeats; ++repeat) {
        double right = 0;
        for (size_t i = bin.begin; i < bin.end; ++i) {
            right += random.uniform() < outcomes[i].confidence ? outcomes[i].weight : 0;
        }
        accuracies.push_back(right / bin.weight);
    }
    return middle_of(accuracies, options.level);
}

}  // namespace

ReliabilityDiagram reliability_diagram(std::span<const Outcome> outcomes, const DiagramOptions& options) {
    CS_CHECK(options.repeats > 0 && options.level > 0 && options.level < 1);
    const SortedOutcomes sorted(outcomes);
    const double z = stats::normal_quantile((1 + options.level) / 2);
    const auto width = static_cast<double>(options.bins);
    stats::Random random(options.seed);
    ReliabilityDiagram out{.options = options, .bins = {}};
    for (const Bin& bin : merged(sorted, equal_width_bins(sorted, options.bins), options.min_items)) {
        const size_t first = equal_width_index(sorted[bin.begin].confidence, options.bins);
        const size_t last = equal_width_index(sorted[bin.end - 1].confidence, options.bins);
        const double effective = bin.effective_items;
        out.bins.push_back({.confidence = {static_cast<double>(first) / width, static_cast<double>(last + 1) / width},
                            .items = bin.items(),
                            .weight = bin.weight,
                            .mean_confidence = bin.mean_confidence,
                            .accuracy = bin.accuracy,
                            .accuracy_interval = stats::wilson_interval(bin.accuracy * effective, effective, z),
                            .consistent = consistency(sorted, bin, options, random)});
    }
    return out;
}

}  // namespace countersign::calibration

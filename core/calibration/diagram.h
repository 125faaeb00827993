#pragma once
// The reliability diagram: confidence against accuracy, with what chance alone would show.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "core/calibration/outcome.h"
#include "core/stats/interval.h"

namespace countersign::calibration {

struct DiagramOptions {
    uint64_t seed = 0;
    size_t bins = 15;      // equally wide
    size_t min_items = 5;  // bins with fewer are merged with their neighbour
    size_t repeats = 1000;
    double level = 0.95;
};

struct DiagramBin {
    stats::Interval confidence;  // what the bin covers: (low, high], merged bins together
    size_t items = 0;
    double weight = 0;
    double mean_confidence = 0;
    double accuracy = 0;
    stats::Interval accuracy_interval;  // Wilson's, for the effective number of items
    // Where the accuracy would lie with `level` if each confidence were true (consistency bars: Broecker and Smith
    // 2007; here with the bin's own items). An accuracy outside is more than chance.
    stats::Interval consistent;
};

struct ReliabilityDiagram {
    DiagramOptions options;
    // Ascending, without gaps between non-empty bins that were merged; bins without items are left out. With fewer than
    // min_items in all, one bin.
    std::vector<DiagramBin> bins;
};

ReliabilityDiagram reliability_diagram(std::span<const Outcome> outcomes, const DiagramOptions& options);

}  // namespace countersign::calibration

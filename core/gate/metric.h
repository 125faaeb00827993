#pragma once
// The difference of any measure that is a mean over items (cost, Brier's score, log-loss, minutes), candidate less base
// on the same items.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/stats/interval.h"

namespace countersign::gate {

struct MetricPair {
    std::string name;
    // One of each for every item; the less the better.
    std::vector<double> base;
    std::vector<double> candidate;
    // Which document, patient or writer an item belongs to, when items of one are alike; empty when they are not. Whole
    // clusters are then drawn and flipped. Numbers of any kind.
    std::vector<uint32_t> clusters;
    double margin = 0;  // how much more the candidate may have
};

struct MetricOptions {
    uint64_t seed = 0;
    size_t repeats = 10'000;
    double level = 0.05;  // one-sided, of each end of the interval
};

struct MetricDifference {
    std::string name;
    MetricOptions options;
    size_t clusters = 0;
    double margin = 0;
    double difference = 0;     // mean of candidate less base
    stats::Interval interval;  // by the percentile bootstrap
    // By flipping signs, (1 + hits)/(1 + repeats) (Phipson and Smyth 2010): that there is no difference.
    double two_sided = 1;
    double worse = 1;  // against that the candidate has more
};

// At least one item, else CS_CHECK.
MetricDifference compare_metric(const MetricPair& metric, const MetricOptions& options);

}  // namespace countersign::gate

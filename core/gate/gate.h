#pragma once
// The gate before a new model version: it must be better where it should be, and no slice may pay for that.
//
// 1. Improvement on the held-out edge cases, by McNemar's exact test at `level`, halved for every earlier look at the
//    same items: all looks together spend less than twice the level.
// 2. No slice is worse by its margin: the lower limit of the paired difference (one-sided, `level`) lies above minus
// the
//    margin. All must hold, so no correction is due (intersection-union test, Berger 1982). Slices with fewer items
//    than `alone_from` cannot be expected to show that; they are judged together, as one slice of all their items, and
//    listed as not judged alone.
// 3. Regressions are named: McNemar's one-sided p-values of all slices with `least_items`, Holm-adjusted, at `level`.
// 4. No metric (cost, Brier's score) is worse by its margin, by the bootstrap's upper limit.
// What data cannot tell does not pass.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/gate/difference.h"
#include "core/gate/metric.h"
#include "core/gate/paired.h"

namespace countersign::gate {

// Some of the items, by their index. An item may be in many slices; in one slice it stands once.
struct Slice {
    std::string name;
    std::vector<uint32_t> items;
};

struct GateInput {
    std::span<const PairedItem> items;
    std::vector<uint32_t> edge_cases;
    std::span<const Slice> slices;
    std::span<const MetricPair> metrics;  // each of all items
};

struct GateRules {
    double level = 0.05;
    int earlier_looks = 0;  // at these edge cases, by earlier candidates
    double margin = 0.02;   // of accuracy; in small slices `margin_items`, if that is more
    double margin_items = 2;
    size_t least_items = 30;
    // Nothing: as many as show with a probability of 0.8 that a slice of an equal candidate is not worse, by the share
    // of items on which the two models differ (core/gate/several.h).
    std::optional<size_t> alone_from = std::nullopt;
    IntervalMethod interval = IntervalMethod::tango;
    uint64_t seed = 0;        // of the metrics' bootstrap
    size_t repeats = 10'000;  // of it
};

enum class GateVerdict { passed, refused, cannot_tell };
enum class Standing { not_worse, worse, cannot_tell };

struct SliceReport {
    std::string name;
    PairedCounts counts;
    bool alone = false;  // judged alone; else with the other small ones
    double margin = 0;
    double difference = 0;
    stats::Interval interval;  // each end one-sided
    Standing standing = Standing::cannot_tell;
    double regression = 1;  // p-value
    double regression_holm = 1;
    bool named = false;  // as a regression
};

struct GateFinding {
    enum class About { improvement, slice, small_slices, metric };

    About about = About::improvement;
    GateVerdict verdict = GateVerdict::refused;  // refused or cannot_tell
    std::string name;                            // of the slice or metric
    std::string sentence;
};

struct GateReport {
    GateVerdict verdict = GateVerdict::cannot_tell;
    std::vector<GateFinding> findings;  // why it is not `passed`; empty when it is
    PairedCounts overall;
    McNemar overall_test;
    PairedCounts edge_cases;
    McNemar edge_test;
    double improvement_level = 0;
    std::vector<uint32_t> fixed;  // items, to be traced to the reviews that taught it
    std::vector<uint32_t> broken;
    size_t alone_from = 0;
    size_t slices_tested = 0;         // in step 3
    std::vector<SliceReport> slices;  // in the order of the input; those without items are left out
    std::optional<SliceReport> small_slices;
    std::vector<MetricDifference> metrics;
};

GateReport judge(const GateInput& input, const GateRules& rules);

}  // namespace countersign::gate

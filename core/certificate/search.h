#pragma once
// Searching the laxest threshold t with P(wrong | score >= t) at most epsilon, so that the answer is wrong with
// probability at most delta over the drawing of the sample, for every model and every distribution of scores.
//
// fixed_sequence (default): "learn then test" by fixed sequences from several starts. Thresholds are tested from strict
//   to lax while they pass, each sequence at level delta/starts; nothing is paid for the number of thresholds. One
//   start that fails early by bad luck does not end the search.
//   Angelopoulos, Bates, Candes, Jordan and Lei, "Learn then test", 2021, algorithm 1 and appendix on fixed sequences.
// bonferroni: each threshold of the grid at level delta divided by their number.
// selection_with_guaranteed_risk: binary search over the scores, ceil(log2 n) tests at equal shares of delta.
//   Geifman and El-Yaniv, "Selective classification for deep neural networks", 2017, algorithm 1.
//
// A test passes when the exact binomial p-value is at most its level. Contract: 0 < epsilon < 1, 0 < delta < 1.

#include <cstdint>
#include <optional>
#include <string_view>

#include "core/certificate/sample.h"

namespace countersign::certificate {

enum class Method : uint8_t { fixed_sequence, bonferroni, selection_with_guaranteed_risk };
std::string_view name_of(Method method);

struct Level {
    double epsilon = 0;
    double delta = 0;
};

// Where fixed sequences start. `equal`: from the first threshold that could pass at all, at equal distances of
// coverage. `growing`: at equal ratios of how many items are accepted, need (all/need)^((i + 1/2)/starts): a start
// forgives the more errors the more it accepts, and near the first threshold one error is too many.
enum class Spacing : uint8_t { equal, growing };

struct SearchOptions {
    Method method = Method::fixed_sequence;
    int starts = 3;  // of fixed sequences
    Spacing spacing = Spacing::equal;
    int grid = 100;  // thresholds, at equal steps of coverage
    // Never laxer than this: a cost-optimal threshold. Not for the binary search.
    std::optional<Ppm> laxest{};
    // Accepted items from which the first sequence starts; 0: the least number that could pass.
    int64_t first_accepted = 0;
};

struct Search {
    std::optional<Cut> opened{};  // nothing where no threshold passed
    double level = 0;             // at which each threshold was tested
    // Every threshold that is tested passed, down to the laxest there is: nothing is left to spend delta on.
    // Never said of the binary search.
    bool exhausted = false;
};

Search search_threshold(const Sample& sample, const Level& level, const SearchOptions& options = {});

}  // namespace countersign::certificate

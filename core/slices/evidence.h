#pragma once
// How far found slices can be believed. The best of thousands always looks bad: a search needs a check on items that it
// has not seen.
//
// confirm_slices: found on one half of the items (by chance, from a seed), tested on the other by Fisher's exact test,
//   with Holm's correction over those that were found. Nothing of the search is left in these p-values.
// stability_of: the share of bootstrap samples in which the search finds a slice that has more than 0.8 of its items in
//   common with it (Jaccard's index: common items by items of either).

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "core/slices/search.h"

namespace countersign::slices {

struct Confirmation {
    Slice found;       // on the first half
    Slice seen;        // the same literals on the second; its score is that of the second half, -infinity without items
    double log_p = 0;  // of the second half; ln
    double p_holm = 1;  // over all that were found
};

struct Confirmed {
    int64_t found_items = 0;  // in each half
    int64_t seen_items = 0;
    std::vector<Confirmation> slices;  // as the search has them
};

Confirmed confirm_slices(std::span<const Column> columns, std::span<const Outcome> outcomes, uint64_t seed,
                         const SearchOptions& options = {});

struct Bootstrap {
    uint64_t seed = 1;
    size_t samples = 100;
};

// One for each of `slices`, 0 to 1. samples >= 1.
std::vector<double> stability_of(std::span<const Slice> slices, std::span<const Column> columns,
                                 std::span<const Outcome> outcomes, const Bootstrap& bootstrap,
                                 const SearchOptions& options = {});

}  // namespace countersign::slices

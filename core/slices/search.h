#pragma once
// In which parts of the data a model errs more than elsewhere: the slices with the highest scores among all
// conjunctions of a few values, found exactly. Sagadeeva and Boehm, "SliceLine: fast, linear-algebra-based slice
// finding for ML model debugging", 2021, for errors of 0 and 1:
//   score = alpha (error rate of the slice / error rate of all - 1) - (1 - alpha) (items / size of the slice - 1).
// Larger alpha prefers bad slices, smaller alpha large ones; only scores above 0 count. Level by level, from one value
// to more; what cannot reach the list any more, by bounds of its size and errors, is not looked at.

#include <cstdint>
#include <span>
#include <vector>

#include "core/slices/columns.h"
#include "core/slices/fisher.h"

namespace countersign::slices {

enum class Outcome : uint8_t { right, wrong };

struct SearchOptions {
    double alpha = 0.95;      // in (0, 1]
    int64_t least_items = 0;  // of a slice; 0: a hundredth of all items, at least 32
    size_t most_literals = 3;
    size_t top = 10;
};

struct Slice {
    std::vector<Literal> literals;  // by column
    int64_t size = 0;
    int64_t errors = 0;
    double score = 0;

    double error_rate() const { return static_cast<double>(errors) / static_cast<double>(size); }
};

// The formula above; there are errors, and the slice is not empty.
double score_of(const SliceCounts& counts, double alpha);

struct Found {
    std::vector<Slice> slices;  // by score, then larger ones, then by literals
    int64_t items = 0;
    int64_t errors = 0;
    int64_t least_items = 0;
    int64_t evaluated = 0;  // candidates whose items were counted
    // All conjunctions of values that have enough items each: more hypotheses than the search can have tested, chosen
    // without a look at errors.
    double conjunctions = 0;
};

// Every column has a value of each item; CS_CHECKs that. Nothing where no item is wrong or all are.
Found find_slices(std::span<const Column> columns, std::span<const Outcome> outcomes,
                  const SearchOptions& options = {});

}  // namespace countersign::slices

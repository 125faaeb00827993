#pragma once
// Whether more items of a slice are wrong than chance explains.

#include <cstdint>

namespace countersign::slices {

// A slice of `size` of `items`, of which `errors` are wrong, `slice_errors` of them in the slice.
struct SliceCounts {
    int64_t items = 0;
    int64_t errors = 0;
    int64_t size = 0;
    int64_t slice_errors = 0;
};

// ln of Fisher's exact p-value (1935), one-sided: the probability that a slice of that size, drawn from all items
// without looking, has at least so many wrong ones (hypergeometric). As true at 1e-300 as at 0.3; absolute error below
// 1e-8. CS_CHECKs that the counts are possible.
double log_fisher_greater(const SliceCounts& counts);

}  // namespace countersign::slices

#include "core/slices/fisher.h"

#include <algorithm>

#include "core/base/check.h"
#include "core/stats/elementary.h"
#include "core/stats/special.h"

namespace countersign::slices {

namespace {

double log_choose(int64_t n, int64_t k) {
    const auto of = [](int64_t x) { return stats::log_gamma(static_cast<double>(x) + 1); };
    return of(n) - of(k) - of(n - k);
}

}  // namespace

double log_fisher_greater(const SliceCounts& counts) {
    const auto [items, errors, size, slice_errors] = counts;
    CS_CHECK(0 <= errors && errors <= items && 0 <= size && size <= items && 0 <= slice_errors);
    const int64_t least = std::max<int64_t>(0, errors + size - items);
    const int64_t most = std::min(errors, size);
    CS_CHECK(least <= slice_errors && slice_errors <= most);
    if (slice_errors == least) {
        return 0;
    }
    // The tail relative to its first term, from there outwards.
    double sum = 0;
    double term = 1;
    for (int64_t k = slice_errors; k <= most; ++k) {
        sum += term;
        const double up = static_cast<double>(errors - k) * static_cast<double>(size - k);
        const double down = static_cast<double>(k + 1) * static_cast<double>(items - errors - size + k + 1);
        term *= up / down;
    }
    const double first =
        log_choose(errors, slice_errors) + log_choose(items - errors, size - slice_errors) - log_choose(items, size);
    return std::min(0.0, first + stats::log(sum));
}

}  // namespace countersign::slices

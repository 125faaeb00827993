#pragma once
// Auditing by strata of risk: items are grouped by their probability of being wrong, and each group is audited at one
// rate. Estimates are as certain as with a rate of every item's own, and what was audited reads as a small table.

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "core/base/ppm.h"

namespace countersign::audit {

// Four strata, bounded by the 50 %, 80 % and 95 % quantiles of f over items like those to come.
class RiskStrata {
public:
    static constexpr size_t kCount = 4;

    // CS_CHECKs that there is an item.
    explicit RiskStrata(std::span<const double> error_probabilities);

    // 0 (least risk) to 3. What equals a bound belongs below it.
    size_t of(double error_probability) const;

private:
    std::array<double, kCount - 1> bounds_{};
};

struct Stratum {
    int64_t items = 0;
    double mean_error_probability = 0;
};

// How many of each stratum to audit: proportional to N_h sqrt(f_h (1 - f_h)) (Neyman, 1934), at least ten each where
// there are so many, at most all; together `budget` (or all items, or the tens, where that is impossible). The parts of
// one are given to the largest remainders.
std::vector<int64_t> allocate(std::span<const Stratum> strata, int64_t budget);

// n_h/N_h, rounded up to a millionth: what is recorded as each item's propensity, and thrown as its coin.
std::vector<Ppm> stratum_propensities(std::span<const Stratum> strata, std::span<const int64_t> allocation);

}  // namespace countersign::audit

#include "core/audit/strata.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/audit/propensity.h"
#include "core/base/check.h"

namespace countersign::audit {

namespace {

constexpr int64_t kLeast = 10;

// `amount` in whole parts proportional to the weights; what is left over goes to the largest remainders, the first of
// equal ones.
std::vector<int64_t> shares(std::span<const double> weights, int64_t amount) {
    const double total = std::accumulate(weights.begin(), weights.end(), 0.0);
    std::vector<int64_t> out(weights.size(), 0);
    std::vector<double> remainders(weights.size(), 0);
    int64_t given = 0;
    for (size_t i = 0; i < weights.size() && total > 0; ++i) {
        const double exact = static_cast<double>(amount) * weights[i] / total;
        out[i] = static_cast<int64_t>(std::floor(exact));
        remainders[i] = weights[i] > 0 ? exact - std::floor(exact) : -1;
        given += out[i];
    }
    for (; total > 0 && given < amount; ++given) {
        const auto largest = static_cast<size_t>(std::ranges::max_element(remainders) - remainders.begin());
        ++out[largest];
        remainders[largest] = -1;
    }
    return out;
}

}  // namespace

RiskStrata::RiskStrata(std::span<const double> error_probabilities) {
    CS_CHECK(!error_probabilities.empty());
    std::vector<double> sorted(error_probabilities.begin(), error_probabilities.end());
    std::ranges::sort(sorted);
    constexpr std::array<size_t, kCount - 1> kPercent{50, 80, 95};
    for (size_t i = 0; i < kPercent.size(); ++i) {
        bounds_[i] = sorted[((sorted.size() * kPercent[i]) + 99) / 100 - 1];
    }
}

size_t RiskStrata::of(double error_probability) const {
    return static_cast<size_t>(std::ranges::lower_bound(bounds_, error_probability) - bounds_.begin());
}

std::vector<int64_t> allocate(std::span<const Stratum> strata, int64_t budget) {
    std::vector<int64_t> out(strata.size(), 0);
    std::vector<double> weights;  // 0 once a stratum's number is settled
    for (const Stratum& stratum : strata) {
        // Never 0: a stratum without risk takes what the others cannot.
        weights.push_back(
            std::max(static_cast<double>(stratum.items) * spread_of(stratum.mean_error_probability), 1e-9));
    }
    int64_t left = budget;
    // First those that would get more than all of their items, then those that would get fewer than ten.
    const auto settle_beyond = [&](auto is_beyond, auto number_of) {
        const double total = std::accumulate(weights.begin(), weights.end(), 0.0);
        const double unit = total > 0 ? static_cast<double>(std::max<int64_t>(left, 0)) / total : 0;
        bool any = false;
        for (size_t i = 0; i < strata.size(); ++i) {
            if (weights[i] > 0 && is_beyond(unit * weights[i], number_of(strata[i]))) {
                out[i] = number_of(strata[i]);
                weights[i] = 0;
                left -= out[i];
                any = true;
            }
        }
        return any;
    };
    const auto reaches = [](double share, int64_t number) { return share >= static_cast<double>(number); };
    const auto misses = [](double share, int64_t number) { return share < static_cast<double>(number); };
    const auto all = [](const Stratum& stratum) { return stratum.items; };
    const auto ten = [](const Stratum& stratum) { return std::min(kLeast, stratum.items); };
    while (settle_beyond(reaches, all) || settle_beyond(misses, ten)) {
    }
    const std::vector<int64_t> rest = shares(weights, std::max<int64_t>(left, 0));
    for (size_t i = 0; i < strata.size(); ++i) {
        out[i] += rest[i];
    }
    return out;
}

std::vector<Ppm> stratum_propensities(std::span<const Stratum> strata, std::span<const int64_t> allocation) {
    CS_CHECK(strata.size() == allocation.size());
    std::vector<Ppm> out;
    for (size_t i = 0; i < strata.size(); ++i) {
        CS_CHECK(allocation[i] >= 0 && allocation[i] <= strata[i].items);
        const int64_t items = std::max<int64_t>(strata[i].items, 1);
        out.push_back(Ppm{static_cast<int32_t>(((allocation[i] * 1'000'000) + items - 1) / items)});
    }
    return out;
}

}  // namespace countersign::audit

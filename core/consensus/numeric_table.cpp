#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "core/base/check.h"
#include "core/consensus/numeric.h"
#include "core/stats/order.h"

namespace countersign::consensus {

namespace {

// One figure an item, of its answers' values in ascending order.
template <class Figure>
NumericConsensus item_by_item(const NumericTable& table, Figure figure) {
    NumericConsensus out{.value = std::vector<double>(table.items(), std::numeric_limits<double>::quiet_NaN()),
                         .weight = std::vector<double>(table.reviewers(), 1)};
    std::vector<double> sorted;
    for (size_t item = 0; item < table.items(); ++item) {
        sorted.clear();
        for (const NumericAnswer& answer : table.of_item(item)) {
            sorted.push_back(answer.value);
        }
        std::ranges::sort(sorted);
        if (!sorted.empty()) {
            out.value[item] = figure(std::span<const double>(sorted));
        }
    }
    return out;
}

double mean(std::span<const double> values) {
    return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

}  // namespace

NumericTable::NumericTable(const std::vector<NumericAnswer>& answers, size_t items, size_t reviewers)
    : answers_(answers, items, [](const NumericAnswer& answer) { return answer.item; }), reviewers_(reviewers) {
    for (const NumericAnswer& answer : answers) {
        CS_CHECK(answer.reviewer < reviewers && std::isfinite(answer.value));
    }
}

NumericConsensus numeric_mean(const NumericTable& table) {
    return item_by_item(table, mean);
}

NumericConsensus numeric_median(const NumericTable& table) {
    return item_by_item(table, stats::median);
}

NumericConsensus numeric_trimmed(const NumericTable& table, double share) {
    CS_CHECK(share >= 0 && share < 0.5);
    return item_by_item(table, [share](std::span<const double> sorted) {
        const auto cut = static_cast<size_t>(std::floor(share * static_cast<double>(sorted.size())));
        return mean(sorted.subspan(cut, sorted.size() - (2 * cut)));
    });
}

}  // namespace countersign::consensus

#include "core/gate/several.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/base/check.h"
#include "core/stats/special.h"

namespace countersign::gate {

std::vector<double> holm(std::span<const double> p) {
    std::vector<size_t> order(p.size());
    std::iota(order.begin(), order.end(), size_t{0});
    std::ranges::stable_sort(order, [p](size_t a, size_t b) { return p[a] < p[b]; });
    std::vector<double> out(p.size());
    double most = 0;
    for (size_t i = 0; i < order.size(); ++i) {
        const double adjusted = static_cast<double>(p.size() - i) * p[order[i]];
        most = std::max(most, std::min(adjusted, 1.0));
        out[order[i]] = most;
    }
    return out;
}

size_t items_needed(const ItemsNeeded& plan) {
    CS_CHECK(plan.margin > 0 && plan.discordance >= 0 && plan.discordance <= 1);
    const double z = stats::normal_quantile(1 - plan.level) + stats::normal_quantile(plan.power);
    return static_cast<size_t>(std::ceil(z * z * plan.discordance / (plan.margin * plan.margin)));
}

}  // namespace countersign::gate

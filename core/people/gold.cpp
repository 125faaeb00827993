#include "core/people/gold.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "core/base/check.h"
#include "core/base/concat.h"
#include "core/hash/coin.h"

namespace countersign::people {

std::vector<size_t> choose_gold(std::string_view key, std::span<const GoldCandidate> candidates, double share) {
    CS_CHECK(share >= 0 && share <= 1);
    std::map<std::string_view, std::vector<size_t>> strata;
    std::vector<Ppm> coins;
    for (size_t i = 0; i < candidates.size(); ++i) {
        strata[candidates[i].stratum].push_back(i);
        coins.push_back(keyed_coin(key, {"countersign-gold-v1\n", candidates[i].item.text}));
    }
    std::vector<size_t> out;
    for (auto& [name, places] : strata) {
        std::ranges::sort(places, [&](size_t a, size_t b) {
            return coins[a] != coins[b] ? coins[a] < coins[b] : candidates[a].item < candidates[b].item;
        });
        const auto wanted = static_cast<size_t>(std::floor((share * static_cast<double>(places.size())) + 0.5));
        const size_t least = share > 0 ? 1 : 0;
        places.resize(std::min(places.size(), std::max(wanted, least)));
        out.insert(out.end(), places.begin(), places.end());
    }
    std::ranges::sort(out);
    return out;
}

bool is_retired(size_t seen_by, size_t reviewers, double share) {
    return static_cast<double>(seen_by) > share * static_cast<double>(reviewers);
}

std::optional<uint32_t> plant_wrong(std::string_view key, const ItemId& item, uint32_t truth,
                                    std::span<const double> weights, Ppm share) {
    CS_CHECK(truth < weights.size() && weights.size() > 1);
    if (keyed_coin(key, {"countersign-planted-v1\n", item.text}) >= share) {
        return std::nullopt;
    }
    double sum = 0;
    for (uint32_t k = 0; k < weights.size(); ++k) {
        CS_CHECK(weights[k] >= 0);
        sum += k == truth ? 0 : weights[k];
    }
    const auto weight = [&](uint32_t k) {
        if (k == truth) {
            return 0.0;
        }
        return sum > 0 ? weights[k] / sum : 1 / static_cast<double>(weights.size() - 1);
    };
    double at = keyed_coin(key, {"countersign-planted-label-v1\n", item.text}).as_double();
    uint32_t last = 0;
    for (uint32_t k = 0; k < weights.size(); ++k) {
        if (weight(k) <= 0) {
            continue;
        }
        last = k;
        if (at < weight(k)) {
            break;
        }
        at -= weight(k);
    }
    return last;
}

bool is_prediction_shown(std::string_view key, const ItemId& item, const ActorId& reviewer, Ppm share) {
    // Ids are any text: only with their length is it certain where one ends.
    const std::string length = concat(item.text.size(), ":");
    return keyed_coin(key, {"countersign-shown-v1\n", length, item.text, reviewer.text}) < share;
}

}  // namespace countersign::people

#pragma once
// Items whose truth is known, given to reviewers like any other to see how right they are, some of them with a wrong
// prediction to see whether it is noticed. Nothing that a reviewer's device gets may tell which ones: the keys stay on
// the server, and there is no mark on the item, in its task or in its place in the queue.
//
// Everything is decided by keyed coins (core/hash/coin.h): whoever has the key finds the same items again.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/ids.h"
#include "core/base/ppm.h"

namespace countersign::people {

struct GoldCandidate {
    ItemId item;
    std::string stratum = {};  // of which every one is to be measured: label, tier, slice
};

// The share of each stratum, rounded to the nearest, at least one where there is any. Of a stratum those with the
// lowest coins: which others there are changes the number, not the order. Ascending places in `candidates`.
std::vector<size_t> choose_gold(std::string_view key, std::span<const GoldCandidate> candidates, double share = 0.05);

// An item that more than this share of the reviewers have seen is known by now, and no gold any more.
bool is_retired(size_t seen_by, size_t reviewers, double share = 0.3);

// The label that a gold item's prediction is to have in place of the true one; nothing: the model's own stays. With
// probability `share` over keys; which wrong label, in proportion to `weights` (the model's probabilities, so that it
// is one that the model could have said), alike where these are all 0. CS_CHECKs that there is another label.
std::optional<uint32_t> plant_wrong(std::string_view key, const ItemId& item, uint32_t truth,
                                    std::span<const double> weights, Ppm share);

inline constexpr Ppm kUsuallyShown{900'000};

// Whether this reviewer sees the model's prediction on this item before he answers. The same for everybody with the
// key, so a device decides it alone; independent of what others see and of what is gold.
bool is_prediction_shown(std::string_view key, const ItemId& item, const ActorId& reviewer, Ppm share = kUsuallyShown);

}  // namespace countersign::people

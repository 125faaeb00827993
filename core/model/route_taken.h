#pragma once
// Where an item went and under which policy: what the log keeps of a routing. The values that the rule saw are not kept
// (they may be personal); the same policy on the same item gives them again (core/routing).

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/instant.h"
#include "core/base/ppm.h"
#include "core/hash/sha256.h"
#include "core/model/promise_taken.h"

namespace countersign {

enum class TierKind : uint8_t {
    automatic,  // "auto": approved without a person, later sampled
    quick,      // one check
    full,       // comprehensive: checklist, rationale
};

std::string_view tier_kind_name(TierKind kind);
std::optional<TierKind> tier_kind_from_name(std::string_view name);

struct RouteTaken {
    std::string tier;  // the policy's id of the tier
    TierKind kind = TierKind::quick;
    std::string route;  // the policy's id of the route that matched
    std::optional<Instant> due;
    uint32_t reviewers = 1;  // how many decisions settle it
    // A decision under a lease that has passed on to somebody else waits for that person, instead of counting at once.
    bool late_waits = false;
    Digest policy;
    // How probable it was that the prediction is right, where the model's confidences had been calibrated by then.
    std::optional<Ppm> calibrated = {};
    std::optional<PromiseTaken> promise = {};  // where the policy's route leads to an automatic tier with a promise

    bool operator==(const RouteTaken&) const = default;
};

}  // namespace countersign

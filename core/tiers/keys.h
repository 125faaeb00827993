#pragma once
// Keys of the coins by which items are drawn (core/audit/coin.h). A project has one secret; of it come the key for
// evidence and one key for each certificate's audit, which is committed to when the tier opens and told when it closes:
// then anybody can see that the items which were looked at are the ones that chance chose.

#include <cstdint>
#include <string>
#include <string_view>

#include "core/hash/sha256.h"

namespace countersign::tiers {

inline constexpr size_t kSecret_bytes = 32;

std::string evidence_key(std::string_view secret);
std::string audit_key(std::string_view secret, int64_t certificate);
Digest commitment_to(std::string_view audit_key);

}  // namespace countersign::tiers

#include "core/audit/coin.h"

#include "core/hash/sha256.h"

namespace countersign::audit {

Ppm coin_of(std::string_view audit_key, const ItemId& item) {
    const Digest digest = hmac_sha256(audit_key, {"countersign-audit-v1\n", item.text});
    uint64_t bits = 0;
    for (size_t i = 0; i < 8; ++i) {
        bits = (bits << 8) | digest.bytes[i];
    }
    // 44 bits times a million fit into 64.
    return Ppm{static_cast<int32_t>(((bits >> 20) * 1'000'000) >> 44)};
}

}  // namespace countersign::audit

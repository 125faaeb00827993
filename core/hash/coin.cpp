#include "core/hash/coin.h"

#include "core/hash/sha256.h"

namespace countersign {

Ppm keyed_coin(std::string_view key, std::initializer_list<std::string_view> pieces) {
    const Digest digest = hmac_sha256(key, pieces);
    uint64_t bits = 0;
    for (size_t i = 0; i < 8; ++i) {
        bits = (bits << 8) | digest.bytes[i];
    }
    // 44 bits times a million fit into 64.
    return Ppm{static_cast<int32_t>(((bits >> 20) * 1'000'000) >> 44)};
}

}  // namespace countersign

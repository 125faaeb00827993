#pragma once
// SHA-256 over stored bytes: operation hashes, leaf hashes, hash links and commitments all come from here.
// The work is libsodium's, in native and web builds alike.

#include <array>
#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace countersign {

struct Digest {
    std::array<uint8_t, 32> bytes{};

    auto operator<=>(const Digest&) const = default;

    std::string_view view() const { return {reinterpret_cast<const char*>(bytes.data()), bytes.size()}; }
};

Digest sha256(std::string_view bytes);
// Of two pieces in a row, without joining them first.
Digest sha256(std::string_view first, std::string_view second);
Digest hmac_sha256(std::string_view key, std::string_view bytes);

std::string to_hex(std::string_view bytes);
std::string to_hex(const Digest& digest);
// Bytes of lower-case hex digits.
Result<std::string> from_hex(std::string_view hex);
Result<Digest> digest_from_hex(std::string_view hex);
// Of exactly 32 raw bytes, as they stand in the store.
Result<Digest> digest_from_bytes(std::string_view bytes);

}  // namespace countersign

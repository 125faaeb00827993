#pragma once
// Ed25519 signatures (RFC 8032) by libsodium: heads of device streams and checkpoints of the log.
//
// Contract: a SigningKey is made from a 32-byte seed that comes from Entropy or a key file, and is wiped when it ends.
// Signing needs no chance: the same message gives the same signature. verify() refuses what libsodium refuses: keys of
// small order and signatures that are not in their one canonical form.
// Errors: invalid_argument for a wrong number of bytes.

#include <array>
#include <compare>
#include <cstdint>
#include <string_view>

#include "core/base/result.h"
#include "core/crypto/secret.h"

namespace countersign::crypto {

inline constexpr size_t kSeed_bytes = 32;
inline constexpr size_t kPublicKey_bytes = 32;
inline constexpr size_t kSignature_bytes = 64;

struct PublicKey {
    std::array<uint8_t, kPublicKey_bytes> bytes{};

    auto operator<=>(const PublicKey&) const = default;

    std::string_view view() const { return {reinterpret_cast<const char*>(bytes.data()), bytes.size()}; }
};

struct Signature {
    std::array<uint8_t, kSignature_bytes> bytes{};

    auto operator<=>(const Signature&) const = default;

    std::string_view view() const { return {reinterpret_cast<const char*>(bytes.data()), bytes.size()}; }
};

Result<PublicKey> public_key_from_bytes(std::string_view bytes);
Result<Signature> signature_from_bytes(std::string_view bytes);

class SigningKey {
public:
    static Result<SigningKey> from_seed(std::string_view seed);

    const PublicKey& public_key() const { return public_key_; }

    Signature sign(std::string_view message) const;

private:
    SigningKey(Secret secret, const PublicKey& public_key) : secret_(std::move(secret)), public_key_(public_key) {}

    Secret secret_;  // seed and public key, as libsodium wants it
    PublicKey public_key_;
};

bool verify(const PublicKey& key, std::string_view message, const Signature& signature);

}  // namespace countersign::crypto

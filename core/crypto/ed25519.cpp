#include "core/crypto/ed25519.h"

#include <algorithm>
#include <string>

#include <sodium.h>

#include "core/base/concat.h"

namespace countersign::crypto {

static_assert(kSeed_bytes == crypto_sign_SEEDBYTES);
static_assert(kPublicKey_bytes == crypto_sign_PUBLICKEYBYTES);
static_assert(kSignature_bytes == crypto_sign_BYTES);

namespace {

const unsigned char* octets(std::string_view bytes) {
    return reinterpret_cast<const unsigned char*>(bytes.data());
}

template <class Fixed>
Result<Fixed> fixed_from_bytes(std::string_view bytes, std::string_view what) {
    Fixed out;
    if (bytes.size() != out.bytes.size()) {
        return fail(ErrorCode::invalid_argument,
                    concat("is not ", what, " of ", out.bytes.size(), " bytes (it has ", bytes.size(), ")"));
    }
    std::copy_n(octets(bytes), out.bytes.size(), out.bytes.begin());
    return out;
}

}  // namespace

Result<PublicKey> public_key_from_bytes(std::string_view bytes) {
    return fixed_from_bytes<PublicKey>(bytes, "an Ed25519 public key");
}

Result<Signature> signature_from_bytes(std::string_view bytes) {
    return fixed_from_bytes<Signature>(bytes, "an Ed25519 signature");
}

Result<SigningKey> SigningKey::from_seed(std::string_view seed) {
    if (seed.size() != kSeed_bytes) {
        return fail(ErrorCode::invalid_argument,
                    concat("is not an Ed25519 seed of ", kSeed_bytes, " bytes (it has ", seed.size(), ")"));
    }
    PublicKey key;
    std::string secret(crypto_sign_SECRETKEYBYTES, '\0');
    crypto_sign_seed_keypair(key.bytes.data(), reinterpret_cast<unsigned char*>(secret.data()), octets(seed));
    return SigningKey(Secret(std::move(secret)), key);
}

Signature SigningKey::sign(std::string_view message) const {
    CS_CHECK(!secret_.empty());
    Signature out;
    crypto_sign_detached(out.bytes.data(), nullptr, octets(message), message.size(), octets(secret_.view()));
    return out;
}

bool verify(const PublicKey& key, std::string_view message, const Signature& signature) {
    return crypto_sign_verify_detached(signature.bytes.data(), octets(message), message.size(), key.bytes.data()) == 0;
}

}  // namespace countersign::crypto

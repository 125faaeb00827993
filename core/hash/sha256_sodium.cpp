// SHA-256 by libsodium's portable C: in wasm, and natively where there is no OpenSSL.

#include <sodium.h>

#include "core/hash/sha256.h"

namespace countersign {

namespace {

const unsigned char* octets(std::string_view bytes) {
    return reinterpret_cast<const unsigned char*>(bytes.data());
}

}  // namespace

Digest sha256(std::string_view bytes) {
    Digest out;
    crypto_hash_sha256(out.bytes.data(), octets(bytes), bytes.size());
    return out;
}

Digest sha256(std::string_view first, std::string_view second) {
    Digest out;
    crypto_hash_sha256_state state;
    crypto_hash_sha256_init(&state);
    crypto_hash_sha256_update(&state, octets(first), first.size());
    crypto_hash_sha256_update(&state, octets(second), second.size());
    crypto_hash_sha256_final(&state, out.bytes.data());
    return out;
}

Digest hmac_sha256(std::string_view key, std::string_view bytes) {
    return hmac_sha256(key, {bytes});
}

Digest hmac_sha256(std::string_view key, std::initializer_list<std::string_view> pieces) {
    Digest out;
    crypto_auth_hmacsha256_state state;
    crypto_auth_hmacsha256_init(&state, octets(key), key.size());
    for (const std::string_view piece : pieces) {
        crypto_auth_hmacsha256_update(&state, octets(piece), piece.size());
    }
    crypto_auth_hmacsha256_final(&state, out.bytes.data());
    return out;
}

struct Sha256Stream::State {
    crypto_hash_sha256_state running;
};

Sha256Stream::Sha256Stream() : state_(std::make_unique<State>()) {
    crypto_hash_sha256_init(&state_->running);
}

Sha256Stream::~Sha256Stream() = default;
Sha256Stream::Sha256Stream(Sha256Stream&&) noexcept = default;
Sha256Stream& Sha256Stream::operator=(Sha256Stream&&) noexcept = default;

void Sha256Stream::update(std::string_view bytes) {
    crypto_hash_sha256_update(&state_->running, octets(bytes), bytes.size());
}

Digest Sha256Stream::finish() {
    Digest out;
    crypto_hash_sha256_final(&state_->running, out.bytes.data());
    crypto_hash_sha256_init(&state_->running);
    return out;
}

}  // namespace countersign

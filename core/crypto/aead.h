#pragma once
// XChaCha20-Poly1305 (draft-irtf-cfrg-xchacha) by libsodium: texts and device stores at rest.
//
// Contract: a key has 32 bytes and is kept as a Secret; a nonce has 24 bytes from Entropy, which is enough to take them
// at random for ever; associated data is authenticated and not hidden: it says where the box belongs, so that it cannot
// be moved. A sealed box is the ciphertext with its 16-byte tag behind it; the nonce is the caller's to keep. Errors of
// open: corrupt when key, nonce, associated data or box are not those of the sealing.

#include <string>
#include <string_view>

#include "core/base/result.h"
#include "core/crypto/secret.h"

namespace countersign::crypto {

inline constexpr size_t kBoxKey_bytes = 32;
inline constexpr size_t kBoxNonce_bytes = 24;
inline constexpr size_t kBoxTag_bytes = 16;

// Wrong lengths of key or nonce are bugs and stop the process.
std::string seal(const Secret& key, std::string_view nonce, std::string_view text, std::string_view associated);
void append_sealed(std::string& out, const Secret& key, std::string_view nonce, std::string_view text,
                   std::string_view associated);
Result<std::string> open(const Secret& key, std::string_view nonce, std::string_view box, std::string_view associated);

}  // namespace countersign::crypto

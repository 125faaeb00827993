#include "core/crypto/aead.h"

#include <sodium.h>

namespace countersign::crypto {

static_assert(kBoxKey_bytes == crypto_aead_xchacha20poly1305_ietf_KEYBYTES);
static_assert(kBoxNonce_bytes == crypto_aead_xchacha20poly1305_ietf_NPUBBYTES);
static_assert(kBoxTag_bytes == crypto_aead_xchacha20poly1305_ietf_ABYTES);

namespace {

const unsigned char* octets(std::string_view bytes) {
    return reinterpret_cast<const unsigned char*>(bytes.data());
}

unsigned char* octets(std::string& bytes) {
    return reinterpret_cast<unsigned char*>(bytes.data());
}

}  // namespace

std::string seal(const Secret& key, std::string_view nonce, std::string_view text, std::string_view associated) {
    std::string box;
    append_sealed(box, key, nonce, text, associated);
    return box;
}

void append_sealed(std::string& out, const Secret& key, std::string_view nonce, std::string_view text,
                   std::string_view associated) {
    CS_CHECK(key.size() == kBoxKey_bytes && nonce.size() == kBoxNonce_bytes);
    const size_t before = out.size();
    out.resize(before + text.size() + kBoxTag_bytes);
    crypto_aead_xchacha20poly1305_ietf_encrypt(octets(out) + before, nullptr, octets(text), text.size(),
                                               octets(associated), associated.size(), nullptr, octets(nonce),
                                               octets(key.view()));
}

Result<std::string> open(const Secret& key, std::string_view nonce, std::string_view box, std::string_view associated) {
    CS_CHECK(key.size() == kBoxKey_bytes && nonce.size() == kBoxNonce_bytes);
    if (box.size() < kBoxTag_bytes) {
        return fail(ErrorCode::corrupt, "the sealed box is too short");
    }
    std::string text(box.size() - kBoxTag_bytes, '\0');
    const int failed = crypto_aead_xchacha20poly1305_ietf_decrypt(octets(text), nullptr, nullptr, octets(box),
                                                                  box.size(), octets(associated), associated.size(),
                                                                  octets(nonce), octets(key.view()));
    return failed == 0 ? Result<std::string>(std::move(text))
                       : fail(ErrorCode::corrupt, "the sealed box does not open with this key");
}

}  // namespace countersign::crypto

#include "native/platform/secrets.h"

#include <sodium.h>

#include "core/base/check.h"

namespace countersign::native {

namespace {

constexpr unsigned long long kPasses = 2;
constexpr size_t kMemory_bytes = size_t{19} << 20;

}  // namespace

SystemEntropy::SystemEntropy() {
    CS_CHECK(sodium_init() >= 0);
}

std::string SystemEntropy::bytes(size_t count) {
    std::string out(count, '\0');
    randombytes_buf(out.data(), out.size());
    return out;
}

std::string Argon2Passwords::hash(std::string_view password) {
    std::string out(crypto_pwhash_STRBYTES, '\0');
    const int code = crypto_pwhash_str_alg(out.data(), password.data(), password.size(), kPasses, kMemory_bytes,
                                           crypto_pwhash_ALG_ARGON2ID13);
    CS_CHECK(code == 0);  // it fails only without memory
    out.resize(out.find('\0'));
    return out;
}

bool Argon2Passwords::verify(std::string_view hash, std::string_view password) {
    const std::string terminated(hash);
    return crypto_pwhash_str_verify(terminated.c_str(), password.data(), password.size()) == 0;
}

}  // namespace countersign::native

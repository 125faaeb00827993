// SHA-256 by OpenSSL, which uses the processor's SHA instructions where there are any.
//
// What OpenSSL looks up by name is looked up once; contexts are made once a thread and used again, because making one
// costs more than hashing a tree node. Out of memory, or an OpenSSL without SHA-256, stops the process.

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/params.h>

#include "core/base/out_of_memory.h"
#include "core/hash/sha256.h"

namespace countersign {

namespace {

struct Free {
    void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }

    void operator()(EVP_MAC_CTX* context) const { EVP_MAC_CTX_free(context); }
};

using DigestContext = std::unique_ptr<EVP_MD_CTX, Free>;
using MacContext = std::unique_ptr<EVP_MAC_CTX, Free>;

// What OpenSSL refuses here it refuses for want of memory: that it has SHA-256 is known since the build.
void need(bool made) {
    if (!made) {
        out_of_memory();
    }
}

// One of our own: OpenSSL's default one is made on the way, and when there is no memory for it, OpenSSL falls over
// that.
OSSL_LIB_CTX* library() {
    static OSSL_LIB_CTX* const kMade = OSSL_LIB_CTX_new();
    need(kMade != nullptr);
    return kMade;
}

const EVP_MD* method() {
    static const EVP_MD* const kFetched = EVP_MD_fetch(library(), "SHA256", nullptr);
    need(kFetched != nullptr);
    return kFetched;
}

DigestContext make_context() {
    DigestContext context(EVP_MD_CTX_new());
    need(context != nullptr && EVP_DigestInit_ex2(context.get(), method(), nullptr) == 1);
    return context;
}

MacContext make_mac_context() {
    static EVP_MAC* const kFetched = EVP_MAC_fetch(library(), "HMAC", nullptr);
    need(kFetched != nullptr);
    MacContext context(EVP_MAC_CTX_new(kFetched));
    char digest[] = "SHA256";
    const OSSL_PARAM parameters[] = {OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest, 0),
                                     OSSL_PARAM_construct_end()};
    need(context != nullptr && EVP_MAC_CTX_set_params(context.get(), parameters) == 1);
    return context;
}

void add(EVP_MD_CTX* context, std::string_view bytes) {
    need(EVP_DigestUpdate(context, bytes.data(), bytes.size()) == 1);
}

Digest end(EVP_MD_CTX* context) {
    Digest out;
    need(EVP_DigestFinal_ex(context, out.bytes.data(), nullptr) == 1);
    return out;
}

// This thread's, ready for a new message.
EVP_MD_CTX* fresh_context() {
    thread_local const DigestContext kKept = make_context();
    need(EVP_DigestInit_ex2(kKept.get(), nullptr, nullptr) == 1);
    return kKept.get();
}

}  // namespace

Digest sha256(std::string_view bytes) {
    EVP_MD_CTX* context = fresh_context();
    add(context, bytes);
    return end(context);
}

Digest sha256(std::string_view first, std::string_view second) {
    EVP_MD_CTX* context = fresh_context();
    add(context, first);
    add(context, second);
    return end(context);
}

Digest hmac_sha256(std::string_view key, std::string_view bytes) {
    return hmac_sha256(key, {bytes});
}

Digest hmac_sha256(std::string_view key, std::initializer_list<std::string_view> pieces) {
    thread_local const MacContext kKept = make_mac_context();
    EVP_MAC_CTX* context = kKept.get();
    // An empty key must not be a null pointer: that would mean the key of the last time.
    const char* const key_bytes = key.empty() ? "" : key.data();
    Digest out;
    size_t size = 0;
    need(EVP_MAC_init(context, reinterpret_cast<const unsigned char*>(key_bytes), key.size(), nullptr) == 1);
    for (const std::string_view piece : pieces) {
        need(EVP_MAC_update(context, reinterpret_cast<const unsigned char*>(piece.data()), piece.size()) == 1);
    }
    need(EVP_MAC_final(context, out.bytes.data(), &size, out.bytes.size()) == 1);
    CS_CHECK(size == out.bytes.size());
    return out;
}

struct Sha256Stream::State {
    DigestContext context;
};

Sha256Stream::Sha256Stream() : state_(std::make_unique<State>(State{make_context()})) {}

Sha256Stream::~Sha256Stream() = default;
Sha256Stream::Sha256Stream(Sha256Stream&&) noexcept = default;
Sha256Stream& Sha256Stream::operator=(Sha256Stream&&) noexcept = default;

void Sha256Stream::update(std::string_view bytes) {
    add(state_->context.get(), bytes);
}

Digest Sha256Stream::finish() {
    const Digest out = end(state_->context.get());
    need(EVP_DigestInit_ex2(state_->context.get(), nullptr, nullptr) == 1);
    return out;
}

}  // namespace countersign

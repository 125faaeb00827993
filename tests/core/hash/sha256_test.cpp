#include "core/hash/sha256.h"

#include <catch_amalgamated.hpp>
#include <sodium.h>

#include "tests/support/fakes.h"

using namespace countersign;
using testing::SeededEntropy;

namespace {

const unsigned char* octets(std::string_view bytes) {
    return reinterpret_cast<const unsigned char*>(bytes.data());
}

Digest reference_sha256(std::string_view bytes) {
    Digest out;
    crypto_hash_sha256(out.bytes.data(), octets(bytes), bytes.size());
    return out;
}

Digest reference_hmac(std::string_view key, std::string_view bytes) {
    Digest out;
    crypto_auth_hmacsha256_state state;
    crypto_auth_hmacsha256_init(&state, octets(key), key.size());
    crypto_auth_hmacsha256_update(&state, octets(bytes), bytes.size());
    crypto_auth_hmacsha256_final(&state, out.bytes.data());
    return out;
}

}  // namespace

TEST_CASE("SHA-256 gives the published digests (FIPS 180-4 examples)") {
    CHECK(to_hex(sha256("abc")) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    CHECK(to_hex(sha256("")) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    CHECK(to_hex(sha256(std::string_view())) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    CHECK(sha256("ab", "c") == sha256("abc"));
}

TEST_CASE("HMAC-SHA-256 gives the published digest (RFC 4231, case 2)") {
    CHECK(to_hex(hmac_sha256("Jefe", "what do ya want for nothing?")) ==
          "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

TEST_CASE("whichever library hashes, lengths around every block boundary give the same as libsodium") {
    SeededEntropy entropy(256);
    const std::string bytes = entropy.bytes(300);
    for (size_t size = 0; size <= bytes.size(); ++size) {
        INFO("seed 256, size " << size);
        const std::string_view some(bytes.data(), size);
        REQUIRE(sha256(some) == reference_sha256(some));
        REQUIRE(sha256(some.substr(0, size / 3), some.substr(size / 3)) == reference_sha256(some));
        // Keys of every length, the empty one behind a longer one: a context that is used again must forget it.
        REQUIRE(hmac_sha256(some, "message") == reference_hmac(some, "message"));
        REQUIRE(hmac_sha256(std::string_view(), some) == reference_hmac("", some));
    }
}

TEST_CASE("a stream's digest does not depend on how the bytes came, and the stream can be used again") {
    SeededEntropy entropy(7);
    Sha256Stream stream;
    for (int round = 0; round < 20; ++round) {
        INFO("seed 7, round " << round);
        const std::string bytes = entropy.bytes(entropy.below(size_t{5'000}));
        for (size_t at = 0; at < bytes.size();) {
            const size_t count = std::min(bytes.size() - at, entropy.below(size_t{200}));
            stream.update(std::string_view(bytes).substr(at, count));
            at += count;
        }
        Sha256Stream moved = std::move(stream);
        REQUIRE(moved.finish() == sha256(bytes));
        stream = std::move(moved);
    }
    CHECK(stream.finish() == sha256(""));
}

TEST_CASE("hexadecimal is read strictly") {
    CHECK(from_hex("00ff").value() == std::string("\x00\xff", 2));
    CHECK_FALSE(from_hex("0g").ok());
    CHECK_FALSE(from_hex("FF").ok());
    CHECK_FALSE(from_hex("abc").ok());
    CHECK_FALSE(digest_from_hex("00ff").ok());
}

#include <catch_amalgamated.hpp>

#include "core/crypto/aead.h"
#include "core/crypto/base64.h"
#include "core/crypto/ed25519.h"
#include "core/crypto/secret.h"
#include "core/hash/sha256.h"
#include "tests/support/fakes.h"

using namespace countersign;
using namespace countersign::crypto;
using countersign::testing::SeededEntropy;

TEST_CASE("a seed gives the published key and signature (RFC 8032, 7.1, tests 1 and 2)") {
    struct Case {
        const char* seed;
        const char* key;
        const char* message;
        const char* signature;
    };

    for (const Case& one : {
             Case{"9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
                  "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
                  "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46b"
                  "d25bf5f0595bbe24655141438e7a100b"},
             Case{"4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
                  "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
                  "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c"
                  "387b2eaeb4302aeeb00d291612bb0c00"},
         }) {
        const SigningKey key = SigningKey::from_seed(from_hex(one.seed).value()).value();
        const std::string message = from_hex(one.message).value();
        CHECK(to_hex(key.public_key().view()) == one.key);
        CHECK(to_hex(key.sign(message).view()) == one.signature);
        CHECK(verify(key.public_key(), message, key.sign(message)));
    }
}

TEST_CASE("a signature holds for its key and message alone, whichever bit is turned") {
    SeededEntropy entropy(11);
    const SigningKey key = SigningKey::from_seed(entropy.bytes(kSeed_bytes)).value();
    const SigningKey other = SigningKey::from_seed(entropy.bytes(kSeed_bytes)).value();
    std::string message = entropy.bytes(100);
    const Signature signature = key.sign(message);
    CHECK(verify(key.public_key(), message, signature));
    CHECK_FALSE(verify(other.public_key(), message, signature));
    for (size_t bit = 0; bit < kSignature_bytes * 8; ++bit) {
        Signature turned = signature;
        turned.bytes[bit / 8] ^= static_cast<uint8_t>(1U << (bit % 8));
        INFO("seed 11, bit " << bit);
        REQUIRE_FALSE(verify(key.public_key(), message, turned));
    }
    message[50] ^= 1;
    CHECK_FALSE(verify(key.public_key(), message, signature));
}

TEST_CASE("keys, signatures and seeds of another length are refused with the length they have") {
    CHECK(SigningKey::from_seed("short").error().message == "is not an Ed25519 seed of 32 bytes (it has 5)");
    CHECK(public_key_from_bytes("").error().message == "is not an Ed25519 public key of 32 bytes (it has 0)");
    CHECK_FALSE(signature_from_bytes(std::string(63, 'x')).ok());
}

TEST_CASE("a box opens only where it belongs: key, nonce, associated data and every byte count") {
    SeededEntropy entropy(12);
    const Secret key(entropy.bytes(kBoxKey_bytes));
    const Secret other(entropy.bytes(kBoxKey_bytes));
    const std::string nonce = entropy.bytes(kBoxNonce_bytes);
    const std::string box = seal(key, nonce, "the words", "project city, item 7");
    CHECK(box.size() == 9 + kBoxTag_bytes);
    CHECK(open(key, nonce, box, "project city, item 7").value() == "the words");
    CHECK(open(other, nonce, box, "project city, item 7").error().code == ErrorCode::corrupt);
    CHECK_FALSE(open(key, entropy.bytes(kBoxNonce_bytes), box, "project city, item 7").ok());
    CHECK_FALSE(open(key, nonce, box, "project city, item 8").ok());
    for (size_t at = 0; at < box.size(); ++at) {
        std::string turned = box;
        turned[at] ^= 0x40;
        REQUIRE_FALSE(open(key, nonce, turned, "project city, item 7").ok());
        REQUIRE_FALSE(open(key, nonce, box.substr(0, at), "project city, item 7").ok());
    }
    CHECK(open(key, nonce, seal(key, nonce, "", ""), "").value().empty());
}

TEST_CASE("a secret is moved without a trace, and what was wiped is gone from the string's memory") {
    std::string bytes = "a key that must not stay in memory, longer than any small string";
    const char* const where = bytes.data();
    const size_t size = bytes.size();
    Secret secret(std::move(bytes));
    // NOLINTNEXTLINE(clang-analyzer-cplusplus.InnerPointer): the string keeps its memory, which is what is looked at
    CHECK(std::string_view(where, size) == std::string(size, '\0'));
    CHECK(secret.view().substr(0, 5) == "a key");
    Secret moved = std::move(secret);
    CHECK(secret.empty());  // NOLINT(bugprone-use-after-move,clang-analyzer-cplusplus.Move): that is what is tested
    CHECK(moved.size() == size);
    CHECK(equal_secrets(moved.view(), "a key that must not stay in memory, longer than any small string"));
    CHECK_FALSE(equal_secrets(moved.view(), "a key"));

    std::string shortened = "secret at its end, in a string that owns its memory";
    const char* const behind = shortened.data() + 20;
    shortened.resize(5);
    wipe(shortened);
    CHECK(shortened.empty());
    CHECK(std::string_view(behind, 10) == std::string(10, '\0'));
}

TEST_CASE("base64 is RFC 4648's, and read strictly") {
    const std::pair<const char*, const char*> published[] = {{"", ""},
                                                             {"f", "Zg=="},
                                                             {"fo", "Zm8="},
                                                             {"foo", "Zm9v"},
                                                             {"foob", "Zm9vYg=="},
                                                             {"fooba", "Zm9vYmE="},
                                                             {"foobar", "Zm9vYmFy"}};
    for (const auto& [bytes, text] : published) {
        CHECK(to_base64(bytes) == text);
        CHECK(from_base64(text).value() == bytes);
    }
    CHECK(from_base64("+/8=").value() == "\xfb\xff");
    for (const char* broken :
         {"Zg", "Zg=", "Zg===", "Zh==", "Zm9=", "Z", "Zm9v\n", " Zm9v", "Zm-v", "Zm9vZg==Zg==", "===="}) {
        INFO(broken);
        CHECK_FALSE(from_base64(broken).ok());
    }
    CHECK_FALSE(from_base64(std::string_view("Zm\0v", 4)).ok());
    SeededEntropy entropy(13);
    for (size_t size = 0; size < 200; ++size) {
        INFO("seed 13, size " << size);
        const std::string bytes = entropy.bytes(size);
        REQUIRE(from_base64(to_base64(bytes)).value() == bytes);
    }
}

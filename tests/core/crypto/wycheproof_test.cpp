// Every case of the Wycheproof vectors (Apache-2.0, shared data) for what core uses: valid ones are accepted and made
// again byte for byte, invalid ones are refused.

#include <catch_amalgamated.hpp>

#include "core/crypto/aead.h"
#include "core/crypto/ed25519.h"
#include "core/hash/sha256.h"
#include "tests/support/cases.h"

using namespace countersign;
using namespace countersign::crypto;

namespace {

std::string bytes_of(const Json& json, std::string_view name) {
    return from_hex(json.text_of(name)).value();
}

// Calls `check(group, test, valid)` for each test of the file; how many there were.
template <class Check>
int64_t for_each_case(std::string_view file, Check check) {
    const auto text = testing::read_shared("data/corpora/wycheproof/" + std::string(file));
    if (!text) {
        SKIP("no shared data: " << file);
    }
    const Json json = parse_json(*text).value();
    int64_t count = 0;
    for (const Json& group : *json.find("testGroups")->array()) {
        for (const Json& test : *group.find("tests")->array()) {
            INFO(file << " " << *test.find("tcId")->integer() << ": " << test.text_of("comment"));
            check(group, test, test.text_of("result") == "valid");
            ++count;
        }
    }
    CHECK(count == *json.find("numberOfTests")->integer());
    return count;
}

}  // namespace

TEST_CASE("Ed25519: Wycheproof's signatures are accepted and refused as they should be") {
    const int64_t count = for_each_case("ed25519_test.json", [](const Json& group, const Json& test, bool valid) {
        const PublicKey key = public_key_from_bytes(bytes_of(*group.find("publicKey"), "pk")).value();
        const auto signature = signature_from_bytes(bytes_of(test, "sig"));
        const bool accepted = signature.ok() && verify(key, bytes_of(test, "msg"), signature.value());
        CHECK(accepted == valid);
    });
    CHECK(count == 151);
}

TEST_CASE("XChaCha20-Poly1305: Wycheproof's boxes open or do not, and what opens is sealed the same again") {
    const int64_t count = for_each_case("xchacha20_poly1305_test.json", [](const Json&, const Json& test, bool valid) {
        std::string key_bytes = bytes_of(test, "key");
        const std::string nonce = bytes_of(test, "iv");
        const std::string text = bytes_of(test, "msg");
        const std::string associated = bytes_of(test, "aad");
        const std::string box = bytes_of(test, "ct") + bytes_of(test, "tag");
        if (key_bytes.size() != kBoxKey_bytes || nonce.size() != kBoxNonce_bytes) {
            CHECK_FALSE(valid);  // a length that our types do not take
            return;
        }
        const Secret key(std::move(key_bytes));
        const auto opened = open(key, nonce, box, associated);
        CHECK(opened.ok() == valid);
        if (valid) {
            CHECK(opened.value() == text);
            CHECK(seal(key, nonce, text, associated) == box);
        }
    });
    CHECK(count == 315);
}

TEST_CASE("HMAC-SHA-256: Wycheproof's tags are made or not") {
    const int64_t count = for_each_case("hmac_sha256_test.json", [](const Json&, const Json& test, bool valid) {
        const std::string tag = bytes_of(test, "tag");
        const Digest made = hmac_sha256(bytes_of(test, "key"), bytes_of(test, "msg"));
        CHECK((made.view().substr(0, tag.size()) == tag) == valid);
    });
    CHECK(count == 174);
}

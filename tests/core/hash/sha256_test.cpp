#include "core/hash/sha256.h"

#include <catch_amalgamated.hpp>

using namespace countersign;

TEST_CASE("SHA-256 gives the published digests (FIPS 180-4 examples)") {
    CHECK(to_hex(sha256("abc")) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    CHECK(to_hex(sha256("")) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    CHECK(sha256("ab", "c") == sha256("abc"));
}

TEST_CASE("HMAC-SHA-256 gives the published digest (RFC 4231, case 2)") {
    CHECK(to_hex(hmac_sha256("Jefe", "what do ya want for nothing?")) ==
          "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

TEST_CASE("hexadecimal is read strictly") {
    CHECK(from_hex("00ff").value() == std::string("\x00\xff", 2));
    CHECK_FALSE(from_hex("0g").ok());
    CHECK_FALSE(from_hex("FF").ok());
    CHECK_FALSE(from_hex("abc").ok());
    CHECK_FALSE(digest_from_hex("00ff").ok());
}

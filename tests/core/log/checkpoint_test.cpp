#include "core/log/checkpoint.h"

#include <catch_amalgamated.hpp>

#include "core/log/note.h"

using namespace countersign;

TEST_CASE("a checkpoint is written as C2SP tlog-checkpoint says, and read back") {
    // The example of the C2SP page.
    const std::string text = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";
    const Checkpoint checkpoint = parse_checkpoint(text).value();
    CHECK(checkpoint.origin == "example.com/behind-the-sofa");
    CHECK(checkpoint.head.size == 20'852'163);
    CHECK(to_hex(checkpoint.head.root).starts_with("0ac5186a91863e8e"));
    CHECK(checkpoint_text(checkpoint) == text);
    CHECK(parse_checkpoint(text + "extension\nanother\n").value().head.size == 20'852'163);
}

TEST_CASE("a signed checkpoint carries its origin as the key's name") {
    const crypto::SigningKey key = crypto::SigningKey::from_seed(sha256("server").view()).value();
    const std::string origin = origin_text({"00112233445566aa", "city", 1});
    CHECK(origin == "countersign/00112233445566aa/city/1");
    const std::string note = sign_checkpoint({origin, {0, empty_root()}}, key).value();
    CHECK(
        note.starts_with("countersign/00112233445566aa/city/1\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n\n"
                         "— countersign/00112233445566aa/city/1 "));
    const SignedNote parsed = parse_note(note).value();
    CHECK(verify_note(parsed, {note_key(origin, key.public_key())}).ok());
    CHECK_FALSE(verify_note(parsed, {note_key("countersign/00112233445566aa/city/2", key.public_key())}).ok());
    CHECK(parse_checkpoint(parsed.text).value().origin == origin);
}

TEST_CASE("a text that is no checkpoint is refused with line and reason") {
    const std::string root = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";
    const auto refused = [](const std::string& text) { return parse_checkpoint(text).error().text(); };
    CHECK(refused("") == "line 1: the origin is missing");
    CHECK(refused("\n1\n" + root + "\n") == "line 1: the origin must not be empty");
    CHECK(refused("o\n") == "line 2: the size is missing");
    CHECK(refused("o\n01\n" + root + "\n") == "line 2: '01' is not a number of leaves");
    CHECK(refused("o\n-1\n" + root + "\n") == "line 2: '-1' is not a number of leaves");
    CHECK(refused("o\n+1\n" + root + "\n") == "line 2: '+1' is not a number of leaves");
    CHECK(refused("o\n1 \n" + root + "\n") == "line 2: '1 ' is not a number of leaves");
    CHECK(refused("o\n18446744073709551615\n" + root + "\n") ==
          "line 2: '18446744073709551615' is not a number of leaves");
    CHECK(refused("o\n99999999999999999999\n" + root + "\n") ==
          "line 2: '99999999999999999999' is not a number of leaves");
    CHECK(refused("o\n1\n" + root) == "line 3: the root is missing");
    CHECK(refused("o\n1\nAAAA\n") == "line 3: the root is not base64 of a SHA-256 hash");
    CHECK(refused("o\n1\n" + root + "\n\n") == "line 4: an extension line must not be empty");
    CHECK(refused("o\n1\n" + root + "\nx") == "line 4: an extension line is missing");
}

TEST_CASE("an origin names server, project and epoch") {
    const LogOrigin origin{"0123456789abcdef", "city-2", 1'790'000'000'123};
    CHECK(parse_origin(origin_text(origin)).value() == origin);
    for (const char* other :
         {"", "countersign/", "countersign/0123456789abcdef", "countersign/0123456789abcdef/city",
          "countersign/0123456789abcdef/city/", "countersign/0123456789abcdef/city/01",
          "countersign/0123456789abcdef/city/x", "countersign/0123456789ABCDEF/city/1",
          "countersign/0123456789abcde/city/1", "countersign/0123456789abcdef//1", "countersign/0123456789abcdef/a b/1",
          "countersign/0123456789abcdef/city/1/2", "tessera/0123456789abcdef/city/1"}) {
        INFO(other);
        CHECK_FALSE(parse_origin(other).ok());
    }
}

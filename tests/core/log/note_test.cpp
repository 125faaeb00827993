#include "core/log/note.h"

#include <catch_amalgamated.hpp>

#include "core/base/concat.h"
#include "core/crypto/base64.h"
#include "core/hash/sha256.h"
#include "tests/support/cases.h"

using namespace countersign;
using crypto::SigningKey;

namespace {

SigningKey key_of(std::string_view name) {
    return SigningKey::from_seed(sha256(name).view()).value();
}

const std::string kText = "first line\n\nthird line\n";

}  // namespace

TEST_CASE("the example of C2SP signed-note is read and holds; any changed byte is noticed") {
    const auto note = testing::read_shared("data/corpora/tlog/signed_note_example.txt");
    auto vkey = testing::read_shared("data/corpora/tlog/signed_note_example.vkey");
    if (!note || !vkey) {
        SKIP("no shared data");
    }
    while (!vkey->empty() && vkey->back() == '\n') {
        vkey->pop_back();
    }
    const NoteKey key = parse_vkey(*vkey).value();
    CHECK(vkey_text(key) == *vkey);
    const SignedNote parsed = parse_note(*note).value();
    CHECK(parsed.text == "This is an example message.\n");
    CHECK(verify_note(parsed, {key}).value() == std::vector{key});
    for (size_t at = 0; at < note->size(); ++at) {
        std::string changed = *note;
        changed[at] ^= 1;
        const auto read = parse_note(changed);
        INFO("byte " << at);
        REQUIRE_FALSE((read.ok() && verify_note(read.value(), {key}).ok()));
    }
}

TEST_CASE("the example of the C2SP page with an empty line in its text is split at the last one") {
    const SignedNote note =
        parse_note(
            "Ognuno sta solo sul cuor della terra\ntrafitto da un raggio di sole:\n\ned è subito sera.\n\n"
            "— quasimodo.example/salvatore "
            "NnugSzTjtVAewIS+Z/iJhUPeFDkO/5QQ2i5ddnGITLlC+EhfLW9oJKONrMouFSQU0xMcXxj99ihAQwaqP3ZekRwNtIc=\n")
            .value();
    CHECK(note.text.ends_with("\n\ned è subito sera.\n"));
    REQUIRE(note.signatures.size() == 1);
    CHECK(note.signatures[0].name == "quasimodo.example/salvatore");
    CHECK(note.signatures[0].id == 0x367ba04b);
    CHECK(note.signatures[0].line == 6);
}

TEST_CASE("several keys sign one text; who is known must hold, who is not known is passed over") {
    const SigningKey first = key_of("first");
    const SigningKey second = key_of("second");
    const NoteKey known_first = note_key("log.example/1", first.public_key());
    const NoteKey known_second = note_key("witness", second.public_key());
    std::string note = sign_note(kText, "log.example/1", first).value();
    const std::string other = sign_note(kText, "witness", second).value();
    note += other.substr(kText.size() + 1);
    const SignedNote parsed = parse_note(note).value();
    CHECK(parsed.text == kText);
    CHECK(verify_note(parsed, {known_first}).value() == std::vector{known_first});
    CHECK(verify_note(parsed, {known_second, known_first}).value() == std::vector{known_first, known_second});
    CHECK(verify_note(parsed, {note_key("log.example/1", second.public_key())}).error().text() ==
          "line 5: no signature is of a known key");

    // The second signature is of another text: with its key known the note falls, without it stands.
    const std::string elsewhere = sign_note("other\n", "witness", second).value();
    const SignedNote mixed = parse_note(sign_note(kText, "log.example/1", first).value() + elsewhere.substr(7)).value();
    CHECK(verify_note(mixed, {known_first}).ok());
    CHECK(verify_note(mixed, {known_first, known_second}).error().text() ==
          "line 6: the signature of witness does not hold for this text");
}

TEST_CASE("a vkey is read in its one form, and says what is wrong with another") {
    const NoteKey key = note_key("a/b", key_of("k").public_key());
    const std::string vkey = vkey_text(key);
    CHECK(parse_vkey(vkey).value() == key);
    const auto refused = [](const std::string& text) { return parse_vkey(text).error().message; };
    CHECK(refused("") == "not a verifier key: it must be a name, an id and a key with '+' between");
    CHECK(refused("a+12345678") == "not a verifier key: it must be a name, an id and a key with '+' between");
    CHECK(refused("a b" + vkey.substr(3)) == "not a verifier key: the name must not be empty and have no space");
    CHECK(refused("a/b+1234+AQ==") == "not a verifier key: the id '1234' is not 8 hex digits");
    CHECK(refused("a/b+12345678+A") == "not a verifier key: the key is not base64");
    CHECK(refused("a/b+12345678+BA==") == "the signature type 4 is not known; known is 1, Ed25519");
    CHECK(refused("a/b+12345678+AQ==") == "not a verifier key: is not an Ed25519 public key of 32 bytes (it has 0)");
    CHECK_THAT(refused("a/c" + vkey.substr(3)), Catch::Matchers::ContainsSubstring("but name and key give"));
    for (size_t at = 0; at < vkey.size(); ++at) {
        std::string changed = vkey;
        changed[at] ^= 1;
        REQUIRE_FALSE(parse_vkey(changed).ok());
    }
}

TEST_CASE("a note that is none is refused with line and reason") {
    const std::string good = sign_note(kText, "k", key_of("k")).value();
    const auto refused = [](const std::string& text) { return parse_note(text).error().text(); };
    CHECK(refused("") == "line 1: there is no empty line between text and signatures");
    CHECK(refused("text\n— k AAAA\n") == "line 1: there is no empty line between text and signatures");
    CHECK(refused("text\n\n") == "line 3: there is no signature");
    CHECK(refused(good.substr(0, good.size() - 1)) == "line 5: the last line does not end with a newline");
    CHECK(refused("a\n\n- k AAAAAAA=\n") == "line 3: a signature must begin with an em dash and a space");
    CHECK(refused("a\n\n— kAAAAAAA=\n") == "line 3: a signature must have a key's name, a space and base64");
    CHECK(refused("a\n\n— k+ AAAAAAA=\n") == "line 3: a signature must have a key's name, a space and base64");
    CHECK(refused("a\n\n— k AAAAAA=\n") == "line 3: the signature is not base64 of a key id and a signature");
    CHECK(refused("a\n\n— k AAAAAA==\n") == "line 3: the signature is not base64 of a key id and a signature");
    CHECK(refused("a\n\n— k  AAAAAAA=\n") == "line 3: the signature is not base64 of a key id and a signature");
    CHECK(refused("a\nb\tc\n\n— k AAAAAAA=\n") == "line 2: a control character");
    CHECK(refused("a\r\n\n— k AAAAAAA=\n") == "line 1: a control character");
    CHECK(refused("a\n\xff\n\n— k AAAAAAA=\n") == "line 2: not valid UTF-8");
    CHECK_THAT(refused(std::string(kNoteLimit_bytes + 1, 'x')), Catch::Matchers::ContainsSubstring("at most 1048576"));
    std::string many = "a\n\n";
    for (size_t i = 0; i <= kNoteSignatures_max; ++i) {
        many += "— k AAAAAAA=\n";
    }
    CHECK(refused(many) == "line 103: more than 100 signatures");
}

TEST_CASE("names of keys have no spaces of any script") {
    for (const char* name : {"a", "log.example/1", "日本", "é"}) {
        CHECK(is_key_name(name));
    }
    for (const char* name :
         {"", "a b", "a+b", "a\xc2\xa0", "\xe2\x80\x83", "\xe3\x80\x80", "a\n", "\xe1\x9a\x80", "\xc2\x85", "\xff"}) {
        INFO(name);
        CHECK_FALSE(is_key_name(name));
    }
    CHECK_FALSE(sign_note(kText, "a b", key_of("k")).ok());
    CHECK_FALSE(sign_note("no newline", "a", key_of("k")).ok());
}

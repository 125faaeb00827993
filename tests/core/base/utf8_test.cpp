#include "core/base/utf8.h"

#include <catch_amalgamated.hpp>

using namespace countersign;

TEST_CASE("every code point is written and read back") {
    for (char32_t c = 0; c <= 0x10FFFF; c += c < 0x3000 ? 1 : 97) {
        if (c >= 0xD800 && c <= 0xDFFF) {
            continue;
        }
        std::string text;
        utf8::append(text, c);
        size_t at = 0;
        REQUIRE(utf8::first_invalid(text) == utf8::kValid);
        REQUIRE(utf8::next(text, at) == c);
        REQUIRE(at == text.size());
    }
}

TEST_CASE("ill-formed sequences are found where they start") {
    CHECK(utf8::first_invalid("ab\xC0\x80") == 2);        // overlong
    CHECK(utf8::first_invalid("\xED\xA0\x80") == 0);      // surrogate
    CHECK(utf8::first_invalid("\xF4\x90\x80\x80") == 0);  // beyond U+10FFFF
    CHECK(utf8::first_invalid("\xE2\x82") == 0);          // cut off
    CHECK(utf8::first_invalid("caf\xC3\xA9") == utf8::kValid);
}

TEST_CASE("offsets count code points, not bytes") {
    const std::string text = "naïve 東京 ✓";
    CHECK(utf8::length(text) == 10);
    CHECK(text.substr(utf8::byte_offset(text, 6)) == "東京 ✓");
    CHECK(utf8::byte_offset(text, 99) == text.size());
}

TEST_CASE("a shortened text keeps whole characters and says that it was cut") {
    CHECK(utf8::shortened("東京都庁", 3) == "東京…");
    CHECK(utf8::shortened("東京", 2) == "東京");
    CHECK(utf8::shortened("", 0).empty());
    CHECK(utf8::shortened("a\xFF"
                          "b",
                          9) == "a\uFFFDb");
    CHECK(utf8::shortened("\xC8\xC7 and so on", 4) == "\uFFFD\uFFFD …");
}

// gzip both ways: what is packed comes out again, what is hostile is refused, and nothing packs too well to be read.

#include "native/http/gzip.h"

#include <random>

#include <catch_amalgamated.hpp>

#include "tests/native/http/packing.h"

using namespace countersign;
using namespace countersign::http;
using namespace countersign::http::test;

namespace {

struct Unpacked {
    std::string text;
    std::optional<Error> error;
    size_t most_at_once = 0;
};

// Fed in pieces of `step` bytes, taken in pieces of `room`.
Unpacked unpack(std::string_view packed, size_t step, size_t room, GzipRatio bound = {}) {
    Unpacked out;
    GzipReader reader(bound);
    const auto failed = [&](const Status& status) {
        if (!status.ok()) {
            out.error = status.error();
        }
        return out.error.has_value();
    };
    for (size_t at = 0; at < packed.size(); at += step) {
        std::string_view piece = packed.substr(at, step);
        for (bool more = true; more;) {
            std::string some;
            const bool bad = failed(reader.read(piece, some, room));
            out.text += some;
            out.most_at_once = std::max(out.most_at_once, some.size());
            if (bad) {
                return out;
            }
            more = some.size() == room || !piece.empty();
        }
    }
    failed(reader.finish());
    return out;
}

std::string random_text(std::mt19937_64& chance, size_t size, int alphabet) {
    std::string text(size, '\0');
    for (char& c : text) {
        c = static_cast<char>(' ' + static_cast<int>(chance() % static_cast<uint64_t>(alphabet)));
    }
    return text;
}

}  // namespace

TEST_CASE("what is packed comes out again, in whatever pieces it travels") {
    const uint64_t seed = std::random_device()();
    INFO("seed " << seed);
    std::mt19937_64 chance(seed);
    for (int i = 0; i < 60; ++i) {
        const std::string text = random_text(chance, chance() % 200'000, i % 3 == 0 ? 1 : i % 3 == 1 ? 8 : 90);
        std::string packed;
        GzipWriter writer;
        for (size_t at = 0; at < text.size();) {
            const size_t step = 1 + chance() % 70'000;
            writer.write(std::string_view(text).substr(at, step), packed);
            at += step;
        }
        writer.finish(packed);
        const size_t room = 1 + chance() % 70'000;
        const Unpacked unpacked = unpack(packed, 1 + chance() % 20'000, room);
        REQUIRE_FALSE(unpacked.error);
        REQUIRE(unpacked.text == text);
        REQUIRE(unpacked.most_at_once <= room);
        REQUIRE(inflate_by_zlib(packed) == text);  // one member, as any other reader takes it
    }
}

TEST_CASE("a writer never packs so well that a reader refuses it") {
    for (const std::string& text : {std::string(20'000'000, 'x'), std::string(70'000, '\0'), std::string()}) {
        const std::string packed = gzip(text);
        const Unpacked unpacked = unpack(packed, 1'000, 65'536);
        INFO(text.size() << " bytes as " << packed.size());
        CHECK_FALSE(unpacked.error);
        CHECK(unpacked.text == text);
    }
    CHECK(gzip(std::string(20'000'000, 'x')).size() < 600'000);
}

TEST_CASE("several members read as one text") {
    const std::string packed = gzip("one ") + gzip("") + gzip("two");
    CHECK(unpack(packed, 1, 3).text == "one two");
    CHECK(unpack(packed, 1'000, 1'000).text == "one two");
    CHECK_FALSE(unpack(packed, 5, 5).error);
}

TEST_CASE("what is cut off anywhere is refused") {
    const std::string packed = gzip("a text that is long enough to be cut in its middle") + gzip("and a second one");
    const size_t first = gzip("a text that is long enough to be cut in its middle").size();
    for (size_t size = 0; size < packed.size(); ++size) {
        INFO("cut at " << size);
        const auto error = unpack(packed.substr(0, size), 7, 10).error;
        if (size == first) {
            CHECK_FALSE(error);  // two members, of which one came: that is a whole text, too
        } else {
            REQUIRE(error);
            CHECK(error->code == ErrorCode::invalid_argument);
            CHECK(error->message == "the gzip body ends before its end");
        }
    }
}

TEST_CASE("any flipped bit of content or check is noticed") {
    const std::string text = "a text whose every bit counts, because it is checked by its sum and its length";
    const std::string packed = gzip(text);
    constexpr size_t kHeader_bytes = 10;  // flags, time and system, which say nothing about the text
    for (size_t bit = kHeader_bytes * 8; bit < packed.size() * 8; ++bit) {
        std::string damaged = packed;
        damaged[bit / 8] = static_cast<char>(damaged[bit / 8] ^ (1 << (bit % 8)));
        INFO("bit " << bit);
        const Unpacked unpacked = unpack(damaged, 1'000, 1'000);
        CHECK((unpacked.error || unpacked.text == text));
    }
}

TEST_CASE("bytes behind the end are refused, zeros too") {
    for (const char* const tail : {"garbage", "x", "\x1f", "\x1f\x8b", "{}"}) {
        CHECK(unpack(gzip("text") + tail, 1'000, 1'000).error->code == ErrorCode::invalid_argument);
        CHECK(unpack(gzip("text") + tail, 1, 1).error->code == ErrorCode::invalid_argument);
    }
    CHECK(unpack(gzip("text") + std::string(8, '\0'), 1'000, 1'000).error->message ==
          "bytes that are no gzip stand behind the gzip stream");
}

TEST_CASE("other things than gzip are refused") {
    const std::string text(2'000, 'x');
    for (const std::string& other :
         {std::string("{\"a\":1}"), zlib_wrapped(text), raw_deflate(text), std::string(3, '\0')}) {
        const Unpacked unpacked = unpack(other, 1'000, 1'000);
        REQUIRE(unpacked.error);
        CHECK(unpacked.error->code == ErrorCode::invalid_argument);
        CHECK(unpacked.text.empty());
    }
}

TEST_CASE("a bomb is stopped soon after the grace, however large it would become") {
    const std::string bomb = dense_gzip(50'000'000);
    CHECK(bomb.size() < 60'000);
    const Unpacked unpacked = unpack(bomb, 16'384, 65'536);
    REQUIRE(unpacked.error);
    CHECK(unpacked.error->code == ErrorCode::exhausted);
    CHECK(unpacked.error->message == "the body unpacks to more than 100 times its size");
    // What came out is bounded by what went in.
    CHECK(unpacked.text.size() <= 65'536 + 100 * 16'384 + 65'536);
    CHECK_FALSE(unpack(dense_gzip(64 * 1024), 16'384, 65'536).error);  // small ones are free
    CHECK(unpack(bomb, 16'384, 65'536, {.ratio = 0}).text.size() == 50'000'000);
}

TEST_CASE("many bombs in a row are stopped as one is") {
    std::string bombs;
    const std::string one = dense_gzip(1'000'000);
    for (int i = 0; i < 100; ++i) {
        bombs += one;
    }
    CHECK(unpack(bombs, 16'384, 65'536).error->code == ErrorCode::exhausted);
}

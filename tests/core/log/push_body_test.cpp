#include <catch_amalgamated.hpp>

#include "core/base/concat.h"
#include "core/json/writer.h"
#include "core/log/envelope.h"
#include "core/log/push_reader.h"
#include "tests/support/fakes.h"

using namespace countersign;
using countersign::testing::SeededEntropy;

namespace {

std::string any_words(SeededEntropy& entropy) {
    static constexpr std::string_view kPieces[] = {"It says gas. ",
                                                   "\"text\":\"\"",
                                                   "\"prev\":\"\"",
                                                   "\n",
                                                   "\xC3\xA4",
                                                   "\\",
                                                   "{\"as\":",
                                                   "v",
                                                   "x",
                                                   "\x01",
                                                   "\"",
                                                   ""};
    std::string out;
    for (int i = entropy.below(6); i > 0; --i) {
        out += kPieces[entropy.below(std::size(kPieces))];
    }
    return out;
}

// As an envelope of ours, with as many texts as its body names.
PushedOperation any_operation(SeededEntropy& entropy, uint64_t seq, const Digest& prev) {
    static constexpr std::string_view kDomains[] = {kRationaleDomain, kAnswerDomain, kNoteDomain};
    PushedOperation out;
    JsonWriter writer;
    writer.begin_object().member("actor", any_words(entropy)).name("body").begin_object().name("answers").begin_array();
    for (int i = entropy.below(4); i > 0; --i) {
        const size_t key_bytes = entropy.below(2) == 0 ? kTextKey_bytes : kCommitmentKey_bytes;
        out.texts.push_back(commit_text(kDomains[entropy.below(3)], entropy.bytes(key_bytes), any_words(entropy)));
        writer.begin_object().member("text", to_hex(out.texts.back().commitment)).end_object();
    }
    writer.end_array().member("vexed", any_words(entropy)).end_object();
    writer.member("prev", to_hex(prev)).member("seq", static_cast<int64_t>(seq)).end_object();
    out.bytes = std::move(writer).take();
    out.hash = operation_hash(out.bytes);
    return out;
}

PushBody any_push(SeededEntropy& entropy) {
    PushBody out;
    out.stream = StreamId("a.b");
    out.from = 1 + static_cast<uint64_t>(entropy.below(100));
    out.prev = sha256(entropy.bytes(8));
    Digest prev = out.prev;
    for (int left = 1 + entropy.below(5); left > 0; --left) {
        out.operations.push_back(any_operation(entropy, out.from + out.operations.size(), prev));
        prev = out.operations.back().hash;
    }
    out.announced = out.last();
    return out;
}

std::vector<Digest> hashes_of(const std::vector<PushedOperation>& operations) {
    std::vector<Digest> out;
    out.reserve(operations.size());
    for (const PushedOperation& one : operations) {
        out.push_back(one.hash);
    }
    return out;
}

bool same(const PushedOperation& a, const PushedOperation& b) {
    return a.bytes == b.bytes && a.hash == b.hash &&
           std::equal(a.texts.begin(), a.texts.end(), b.texts.begin(), b.texts.end(),
                      [](const CommittedText& x, const CommittedText& y) {
                          return x.commitment == y.commitment && x.key == y.key && x.text == y.text;
                      });
}

}  // namespace

TEST_CASE("a push is read as it was written, whatever its texts say, left empty or whole") {
    for (uint64_t seed = 1; seed <= 2'000; ++seed) {
        SeededEntropy entropy(seed);
        const PushBody push = any_push(entropy);
        const std::string body = write_push_body(push, entropy.below(2) == 0 ? Elide::yes : Elide::no);
        INFO("seed " << seed << ": " << body);
        const auto read = read_push_body(body, {});
        REQUIRE(read.ok());
        CHECK(read.value().from == push.from);
        CHECK(read.value().last() == push.last());
        REQUIRE(read.value().hashes == hashes_of(push.operations));
        const auto operations = read_pushed_operations(read.value().lines, read.value().prev);
        CHECK(std::equal(operations.begin(), operations.end(), push.operations.begin(), push.operations.end(), same));
        CHECK(write_push_body(push, Elide::yes).size() <= write_push_body(push, Elide::no).size());
    }
}

TEST_CASE("one byte changed anywhere in a push is refused with its line, or leaves what was signed as it was") {
    SeededEntropy entropy(7);
    int refused = 0;
    for (uint64_t round = 0; round < 2'000; ++round) {
        const PushBody push = any_push(entropy);
        std::string body = write_push_body(push, Elide::yes);
        const size_t at = entropy.below(body.size());
        body[at] = static_cast<char>(body[at] ^ static_cast<char>(1 + entropy.below(127)));
        INFO("seed 7, round " << round << ", byte " << at << ": " << body);
        const auto read = read_push_body(body, {});
        if (read.ok()) {
            CHECK(read.value().hashes == hashes_of(push.operations));
        } else {
            CHECK(read.error().field.find("line ") != std::string::npos);
            ++refused;
        }
    }
    CHECK(refused > 1'500);
}

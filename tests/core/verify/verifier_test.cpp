#include "core/verify/verifier.h"

#include <catch_amalgamated.hpp>

#include "core/base/concat.h"
#include "core/crypto/base64.h"
#include "tests/support/sample_logs.h"
#include "tests/support/verify_case.h"

using namespace countersign;
using namespace countersign::testing;
using verify::Check;

namespace {

verify::Report report_of(std::string_view bundle) {
    verify::BundleVerifier verifier;
    verifier.feed(bundle);
    return verifier.finish();
}

std::string mixed() {
    return render(sample_log("mixed"));
}

}  // namespace

TEST_CASE("a report counts what it looked at") {
    const verify::Report report = report_of(mixed());
    CHECK(report.project == "city");
    CHECK(report.server == "0123456789abcdef");
    CHECK(report.trust == verify::Trust::bundle);
    CHECK(report.counts.bytes == mixed().size());
    CHECK(report.counts.lines == 35);
    CHECK(report.counts.leaves == 24);
    CHECK(report.counts.leaves_v1 == 3);
    CHECK(report.counts.operations == 10);
    CHECK(report.counts.signatures == 7);
    CHECK(report.counts.streams == 3);
    CHECK(report.counts.checkpoints == 4);
    CHECK(report.counts.epochs == 2);
    CHECK(report.counts.texts == 3);
    CHECK(report.counts.erased == 2);
    CHECK(report.counts.forks == 1);
    CHECK(report.types.at("review_submitted") == 11);
    CHECK(report.types.at("something_new") == 1);
    CHECK(report.of(Check::streams).done == 12);
    CHECK(report.of(Check::own_checkpoints).done == 0);
    REQUIRE(report.facts.size() == 3);
    CHECK(report.facts[0].kind == "fork");
    CHECK(report.facts[0].place.leaf == 17);
    CHECK(report.facts[1].kind == "epoch");
    CHECK(report.facts[2].kind == "erasure");
}

TEST_CASE("nothing at all is no bundle") {
    const verify::Report report = report_of("");
    CHECK(found_in(report) == std::map<std::string, std::string>{{"checkpoints", "entry 1"}, {"file", ""}});
}

TEST_CASE("failures beyond the hundredth are counted, not kept, and quote no more than a sentence") {
    std::string bundle = R"({"bundle":1,"made":0,"project":"city","server":"0123456789abcdef"})"
                         "\n";
    for (int i = 0; i < 1'000; ++i) {
        bundle += concat(R"({"leaf":{"actor":"a","at":0,"body":{},"project":")", std::string(60'000, 'p'),
                         R"(","seq":1,"type":"t","v":2}})", "\n");
    }
    const verify::Report report = report_of(bundle);
    CHECK(report.failed > 1'900);
    REQUIRE(report.failures.size() == verify::kFailuresKept);
    for (const verify::Failure& failure : report.failures) {
        REQUIRE(failure.sentence.size() < 600);
    }
}

TEST_CASE("types beyond the hundredth are counted together") {
    std::string bundle;
    for (int i = 0; i < 150; ++i) {
        bundle += concat(R"({"leaf":{"actor":"a","at":0,"body":{},"project":"city","seq":)", i + 1, R"(,"type":"t)", i,
                         R"(","v":2}})", "\n");
    }
    const verify::Report report = report_of(bundle);
    CHECK(report.types.size() == verify::kTypesKept + 1);
    CHECK(report.types.at("...") == 50);
}

TEST_CASE("a line without an end does not fill the memory, and the line behind it is read again") {
    std::string bundle = render(sample_log("one"));
    const size_t second = bundle.find('\n') + 1;
    bundle.insert(second, std::string(verify::kLineLimit_bytes + 5, 'x') + "\n");
    const verify::Report report = report_of(bundle);
    CHECK(found_in(report) == std::map<std::string, std::string>{{"file", "line 6"}, {"lines", "line 2"}});
    CHECK(report.failures[0].sentence == "the line is longer than 8388608 bytes");
    CHECK(report.counts.leaves == 1);
    // What is just within the limit is read, and is no line of a bundle.
    bundle.erase(second, 5);
    CHECK(found_in(report_of(bundle)) == std::map<std::string, std::string>{{"file", "line 6"}, {"lines", "line 2"}});
}

TEST_CASE("bytes of any kind give a report") {
    constexpr uint64_t kSeed = 99;
    SeededEntropy entropy(kSeed);
    static constexpr std::string_view kPieces[] = {
        "{\"leaf\":",
        "{\"bundle\":1",
        "{\"end\":{\"leaves\":",
        "{\"text\":{",
        "{\"checkpoint\":\"",
        "{\"key\":\"",
        "}\n",
        "\n",
        "{}",
        "\"",
        "\\n",
        "1",
        "\xff",
        "countersign/",
        "{\"actor\":\"a\",\"at\":0,\"body\":{},\"project\":\"city\",\"seq\":1,\"type\":\"epoch_started\",\"v\":2}"};
    for (int round = 0; round < 2'000; ++round) {
        std::string bytes;
        for (int n = entropy.below(30); n >= 0; --n) {
            bytes +=
                entropy.below(10) == 0 ? entropy.bytes(3) : std::string(kPieces[entropy.below(std::size(kPieces))]);
        }
        INFO("seed " << kSeed << ", round " << round);
        const verify::Report report = report_of(bytes);
        REQUIRE_FALSE(report.good());
        REQUIRE(parse_json(verify::report_json(report)).ok());
    }
}

TEST_CASE("parts of a good bundle in any order give a report") {
    constexpr uint64_t kSeed = 100;
    SeededEntropy entropy(kSeed);
    const std::vector<BundlePart> parts = sample_log("mixed");
    for (int round = 0; round < 500; ++round) {
        std::vector<BundlePart> mixed;
        mixed.reserve(parts.size());
        for (size_t i = 0; i < parts.size(); ++i) {
            mixed.push_back(parts[entropy.below(parts.size())]);
        }
        INFO("seed " << kSeed << ", round " << round);
        REQUIRE_FALSE(report_of(render(mixed)).good());
    }
}

TEST_CASE("a key is given by its name and id, or as it is; anything else is told") {
    const crypto::SigningKey key = key_from("the server");
    const NoteKey named = note_key("countersign/0123456789abcdef/city/1", key.public_key());
    CHECK(verify::parse_trusted_key(vkey_text(named)).value().key == key.public_key());
    CHECK(verify::parse_trusted_key(vkey_text(named)).value().name == named.name);
    CHECK(verify::parse_trusted_key(crypto::to_base64(key.public_key().view())).value().key == key.public_key());
    CHECK(verify::parse_trusted_key("AAAA").error().message == "is not an Ed25519 public key of 32 bytes (it has 3)");
    CHECK(verify::parse_trusted_key("x").error().message ==
          "is neither a verifier key (name+id+base64) nor 32 bytes in base64");
    CHECK_FALSE(verify::parse_trusted_key(vkey_text(named).substr(1)).ok());

    // A key of another server is no key for this bundle, whatever it signed.
    verify::BundleVerifier verifier;
    verifier.trust(
        verify::parse_trusted_key(vkey_text(note_key("countersign/1123456789abcdef/city/1", key.public_key())))
            .value());
    verifier.feed(mixed());
    CHECK(found_in(verifier.finish()) == std::map<std::string, std::string>{{"keys", "line 1"}});
}

TEST_CASE("a checkpoint from elsewhere must be one") {
    CHECK(verify::parse_own_checkpoint("x", "text").error().text() ==
          "line 1: there is no empty line between text and signatures");
    CHECK_THAT(
        verify::parse_own_checkpoint("x", sign_note("log.example\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n",
                                                    "log.example", key_from("x"))
                                              .value())
            .error()
            .text(),
        Catch::Matchers::StartsWith("line 1: the origin 'log.example' is not countersign/"));
}

#include "core/verify/log_proof_check.h"

#include <catch_amalgamated.hpp>

#include "core/crypto/base64.h"
#include "core/log/log_proof.h"
#include "tests/core/log/trees.h"
#include "tests/support/log_maker.h"

using namespace countersign;
using namespace countersign::testing;

namespace {

struct Decision {
    std::string proof;
    std::string leaf;
};

Decision decision(std::string_view project = "city", int64_t seq = 4) {
    MemoryTree tree;
    tree.grow_to(3);
    Decision out;
    out.leaf = concat(R"({"actor":"ada","at":1,"body":{},"project":")", project, R"(","seq":)", seq,
                      R"(,"type":"review_submitted","v":2})");
    tree.append(out.leaf);
    tree.grow_to(9);
    LogProof proof;
    proof.index = 3;
    proof.path = prove_inclusion(3, 9, tree).value();
    proof.checkpoint =
        sign_checkpoint({"countersign/0123456789abcdef/city/1", tree.head(9)}, key_from("the server")).value();
    out.proof = log_proof_text(proof);
    return out;
}

std::vector<verify::TrustedKey> keys(std::string_view name) {
    return {{key_from(name).public_key(), {}}};
}

// The names of the steps that fail, with their sentences.
std::string failures(const verify::ProofReport& report) {
    std::string out;
    for (const verify::ProofStep& step : report.steps) {
        out += step.failure.empty() ? std::string() : concat(step.name, ": ", step.failure, '\n');
    }
    return out;
}

}  // namespace

TEST_CASE("one decision is shown to stand in the log that the server signed") {
    const Decision good = decision();
    const verify::ProofReport report = verify::check_log_proof(good.proof, good.leaf, keys("the server"));
    CHECK(failures(report).empty());
    CHECK(report.good());
    CHECK(verify::proof_report_text(report, "decision.tlog-proof") ==
          "decision.tlog-proof\n  entry 4 of countersign/0123456789abcdef/city/1, in a log of 9\n\n"
          "  good    The proof can be read\n  good    The entry is the one that the proof is for\n"
          "  good    The checkpoint is signed with the key that you gave\n"
          "  good    The entry is among those that the checkpoint was made over\n\n"
          "Verified: the entry stands in the log that the server signed.\n");
    CHECK(
        verify::proof_report_json(report) ==
        R"({"verified":true,"origin":"countersign/0123456789abcdef/city/1","leaf":4,"size":9,"checks":[{"check":"proof","good":true},)"
        R"({"check":"leaf","good":true},{"check":"seal","good":true},{"check":"inclusion","good":true}]})");
}

TEST_CASE("what does not fit together is named") {
    const Decision good = decision();
    const auto found = [&](const std::string& proof, const std::string& leaf,
                           const std::vector<verify::TrustedKey>& trusted) {
        const verify::ProofReport report = verify::check_log_proof(proof, leaf, trusted);
        CHECK_FALSE(report.good());
        return failures(report);
    };
    const auto server = keys("the server");
    CHECK(found("x\n", good.leaf, server) == "proof: line 1: must be c2sp.org/tlog-proof@v1\n");
    CHECK(found(good.proof, good.leaf, keys("a stranger")) == "seal: no signature is of a known key\n");
    CHECK(found(good.proof, good.leaf, {}) == "seal: no signature is of a known key\n");
    CHECK(
        found(good.proof, good.leaf, {{key_from("the server").public_key(), "countersign/1123456789abcdef/city/1"}}) ==
        "seal: no signature is of a known key\n");

    std::string changed = good.leaf;
    changed[10] = 'b';
    CHECK(found(good.proof, changed, server) == "inclusion: the proof does not lead to the root\n");
    CHECK(found(good.proof, good.leaf + "\n", server) ==
          "leaf: it is not canonical JSON: byte 90: the value ends here, but more follows\ninclusion: the proof does "
          "not lead to the root\n");
    CHECK(found(good.proof, "{}", server) ==
          "leaf: it cannot be read: actor: is missing\ninclusion: the proof does not lead to the root\n");

    const Decision other_number = decision("city", 5);
    CHECK(found(other_number.proof, other_number.leaf, server) == "leaf: it has number 5, the proof is for 4\n");
    const Decision other_project = decision("town");
    CHECK(found(other_project.proof, other_project.leaf, server) ==
          "leaf: it is of project \"town\", the proof of \"city\"\n");
}

#include "core/log/log_proof.h"

#include <catch_amalgamated.hpp>

#include "core/log/checkpoint.h"
#include "tests/core/log/trees.h"

using namespace countersign;

namespace {

LogProof sample() {
    testing::MemoryTree tree;
    tree.grow_to(11);
    const crypto::SigningKey key = crypto::SigningKey::from_seed(sha256("server").view()).value();
    LogProof proof;
    proof.index = 7;
    proof.path = prove_inclusion(7, 11, tree).value();
    proof.checkpoint = sign_checkpoint({"log.example", tree.head(11)}, key).value();
    return proof;
}

}  // namespace

TEST_CASE("a proof in a file is read back as it was, and proves what it proved") {
    LogProof proof = sample();
    for (const bool extra : {false, true}) {
        if (extra) {
            proof.extra = std::string("\0more", 5);
        }
        const std::string text = log_proof_text(proof);
        CHECK(text.starts_with(extra ? "c2sp.org/tlog-proof@v1\nextra AG1vcmU=\nindex 7\n"
                                     : "c2sp.org/tlog-proof@v1\nindex 7\n"));
        const LogProof read = parse_log_proof(text).value();
        CHECK(read.extra == proof.extra);
        CHECK(read.index == 7);
        CHECK(read.path == proof.path);
        CHECK(read.checkpoint == proof.checkpoint);
    }
    proof.path.clear();
    CHECK(parse_log_proof(log_proof_text(proof)).value().path.empty());
}

TEST_CASE("a file that is no proof is refused with line and reason") {
    const std::string head = "c2sp.org/tlog-proof@v1\n";
    const std::string hash = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n";
    const auto refused = [](const std::string& text) { return parse_log_proof(text).error().text(); };
    CHECK(refused("") == "line 1: the format's name is missing");
    CHECK(refused("c2sp.org/tlog-proof@v2\nindex 0\n\n") == "line 1: must be c2sp.org/tlog-proof@v1");
    CHECK(refused(head) == "line 2: the index is missing");
    CHECK(refused(head + "index\n") == "line 2: must be 'index' and a number");
    CHECK(refused(head + "index 01\n") == "line 2: must be 'index' and a number");
    CHECK(refused(head + "extra ?\nindex 1\n") == "line 2: the extra data is not base64");
    CHECK(refused(head + "extra AAAA\nextra AAAA\n") == "line 3: must be 'index' and a number");
    CHECK(refused(head + "index 1\n") == "line 3: the checkpoint is missing");
    CHECK(refused(head + "index 1\n" + hash + "AAAA\n\n") == "line 4: is not base64 of a SHA-256 hash");
    CHECK(refused(head + "index 1\n" + hash) == "line 4: the checkpoint is missing");
    std::string long_path = head + "index 1\n";
    for (int i = 0; i < 65; ++i) {
        long_path += hash;
    }
    CHECK(refused(long_path + "\nx") == "line 67: more than 64 hashes");
}

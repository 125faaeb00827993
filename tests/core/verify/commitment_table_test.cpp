#include "core/verify/commitment_table.h"

#include <map>

#include <catch_amalgamated.hpp>

#include "tests/support/fakes.h"

using namespace countersign;
using countersign::testing::SeededEntropy;
using countersign::verify::CommitmentTable;

TEST_CASE("what was added is known, through every growth, and nothing else is") {
    constexpr uint64_t kSeed = 5;
    SeededEntropy entropy(kSeed);
    CommitmentTable table;
    std::map<std::string, uint8_t> model;
    for (int round = 0; round < 20'000; ++round) {
        Digest commitment = sha256(std::to_string(entropy.below(8'000)));
        // Half of them share their first bytes: a table that looked at those alone would be slow, or wrong.
        if (commitment.bytes[31] % 2 == 0) {
            std::fill_n(commitment.bytes.begin(), 8, uint8_t{0});
        }
        const auto flag = static_cast<uint8_t>(1 << entropy.below(4));
        INFO("seed " << kSeed << ", round " << round);
        const std::string key(commitment.view());
        REQUIRE(table.flags(commitment) == model[key]);
        table.add(commitment, flag);
        model[key] |= flag;
    }
    for (const auto& [key, flags] : model) {
        REQUIRE(table.flags(digest_from_bytes(key).value()) == flags);
    }
    CHECK(table.flags(sha256("never added")) == 0);
}

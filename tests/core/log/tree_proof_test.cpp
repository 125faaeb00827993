#include "core/log/tree_proof.h"

#include <catch_amalgamated.hpp>

#include "tests/core/log/trees.h"
#include "tests/support/fakes.h"

using namespace countersign;
using countersign::testing::MemoryTree;
using countersign::testing::SeededEntropy;

namespace {

// Each way to spoil a proof by one step.
std::vector<TreeProof> spoiled(const TreeProof& proof, SeededEntropy& entropy) {
    std::vector<TreeProof> out;
    for (size_t i = 0; i < proof.size(); ++i) {
        TreeProof turned = proof;
        turned[i].bytes[entropy.below(size_t{32})] ^= static_cast<uint8_t>(1U << entropy.below(8));
        out.push_back(turned);
        TreeProof shorter = proof;
        shorter.erase(shorter.begin() + static_cast<ptrdiff_t>(i));
        out.push_back(shorter);
    }
    TreeProof longer = proof;
    longer.push_back(sha256("one more"));
    out.push_back(longer);
    return out;
}

}  // namespace

TEST_CASE("inclusion is proven for every leaf at every size to 300, and for nothing else") {
    constexpr uint64_t kSeed = 300;
    SeededEntropy entropy(kSeed);
    MemoryTree tree;
    tree.grow_to(300);
    for (uint64_t size = 1; size <= 300; ++size) {
        for (uint64_t index = 0; index < size; ++index) {
            const TreeProof proof = prove_inclusion(index, size, tree).value();
            const Digest leaf = tree.hashes.at({0, index});
            REQUIRE(check_inclusion(tree.head(size), index, leaf, proof).ok());
            REQUIRE((size == 1 || !check_inclusion(tree.head(size), (index + 1) % size, leaf, proof).ok()));
        }
        const uint64_t index = entropy.below(size);
        const Digest leaf = tree.hashes.at({0, index});
        const TreeProof proof = prove_inclusion(index, size, tree).value();
        INFO("seed " << kSeed << ", size " << size << ", index " << index);
        for (const TreeProof& bad : spoiled(proof, entropy)) {
            REQUIRE_FALSE(check_inclusion(tree.head(size), index, leaf, bad).ok());
        }
        REQUIRE_FALSE(check_inclusion(tree.head(size), index, sha256("x"), proof).ok());
        REQUIRE_FALSE(check_inclusion(tree.head(size - 1), index, leaf, proof).ok());
        REQUIRE_FALSE(check_inclusion(tree.head(size), size, leaf, proof).ok());
    }
}

TEST_CASE("consistency is proven between all sizes to 300, and between no others") {
    constexpr uint64_t kSeed = 301;
    SeededEntropy entropy(kSeed);
    MemoryTree tree;
    tree.grow_to(300);
    for (uint64_t size = 1; size <= 300; ++size) {
        for (uint64_t old_size = 1; old_size <= size; ++old_size) {
            const TreeProof proof = prove_consistency(old_size, size, tree).value();
            REQUIRE(check_consistency(tree.head(old_size), tree.head(size), proof).ok());
        }
        const uint64_t old_size = 1 + entropy.below(size);
        const TreeProof proof = prove_consistency(old_size, size, tree).value();
        INFO("seed " << kSeed << ", sizes " << old_size << " and " << size);
        for (const TreeProof& bad : spoiled(proof, entropy)) {
            REQUIRE_FALSE(check_consistency(tree.head(old_size), tree.head(size), bad).ok());
        }
        REQUIRE_FALSE(check_consistency({old_size, sha256("x")}, tree.head(size), proof).ok());
        REQUIRE_FALSE(check_consistency(tree.head(old_size), {size, sha256("x")}, proof).ok());
        REQUIRE_FALSE(check_consistency(tree.head(0), tree.head(size), proof).ok());
        if (old_size < size) {
            REQUIRE_FALSE(check_consistency(tree.head(size), tree.head(old_size), proof).ok());
        }
    }
}

TEST_CASE("a proof takes one read of the storage, and none of what cannot be") {
    MemoryTree tree;
    tree.grow_to(77);
    tree.reads = 0;
    CHECK(prove_inclusion(13, 77, tree).ok());
    CHECK(prove_consistency(13, 77, tree).ok());
    CHECK(tree.reads == 2);
    CHECK(prove_inclusion(0, 1, tree).value().empty());
    CHECK(prove_consistency(77, 77, tree).value().empty());
    CHECK(tree.reads == 2);
    CHECK(prove_inclusion(77, 77, tree).error().message == "there is no leaf 77 in a tree of 77");
    CHECK(prove_consistency(0, 77, tree).error().message == "a tree of 77 leaves does not begin with one of 0");
    CHECK_FALSE(prove_consistency(78, 77, tree).ok());
    CHECK_FALSE(prove_inclusion(0, UINT64_MAX, tree).ok());
    CHECK(prove_inclusion(99, 100, tree).error().code == ErrorCode::not_found);
}

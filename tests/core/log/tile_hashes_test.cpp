#include "core/log/tile_hashes.h"

#include <catch_amalgamated.hpp>

#include "tests/core/log/trees.h"
#include "tests/support/fakes.h"

using namespace countersign;
using countersign::testing::MemoryTiles;
using countersign::testing::MemoryTree;
using countersign::testing::SeededEntropy;

TEST_CASE("proofs made from tiles are those made from the tree, at sizes around every boundary") {
    constexpr uint64_t kSeed = 70'000;
    SeededEntropy entropy(kSeed);
    MemoryTree tree;
    tree.grow_to(70'000);
    for (const uint64_t size :
         {1U, 2U, 255U, 256U, 257U, 511U, 512U, 1'000U, 65'535U, 65'536U, 65'537U, 65'792U, 70'000U}) {
        MemoryTiles tiles(tree, size);
        TileHashes hashes(tree.head(size), tiles);
        for (int round = 0; round < 10; ++round) {
            const uint64_t index = entropy.below(size);
            INFO("seed " << kSeed << ", size " << size << ", index " << index);
            REQUIRE(prove_inclusion(index, size, hashes).value() == prove_inclusion(index, size, tree).value());
            REQUIRE(prove_consistency(index + 1, size, hashes).value() ==
                    prove_consistency(index + 1, size, tree).value());
            REQUIRE(root_of(index + 1, hashes).value() == tree.head(index + 1).root);
        }
        for (const auto& [tile, bytes] : tiles.kept) {
            REQUIRE(tiles.tiles.at(tile) == bytes);
        }
    }
}

TEST_CASE("a tile that is not what was hashed into the root is noticed before a hash of it is given out") {
    MemoryTree tree;
    tree.grow_to(66'000);
    MemoryTiles tiles(tree, 66'000);
    TileHashes hashes(tree.head(66'000), tiles);
    // A leaf deep in the tree: its tile, the tile above, and the three at the edge are read.
    const std::vector<Subtree> wanted = {{0, 300}};
    REQUIRE(hashes.read(wanted).ok());
    const auto read = tiles.kept;
    CHECK(read.size() == 5);
    for (const auto& [tile, bytes] : read) {
        for (const size_t at : {size_t{0}, bytes.size() - 1}) {
            tiles.tiles[tile][at] ^= 1;
            tiles.kept.clear();
            const auto refused = hashes.read(wanted);
            INFO(tile_path(tile) << " byte " << at);
            REQUIRE_FALSE(refused.ok());
            CHECK(refused.error().code == ErrorCode::corrupt);
            CHECK(tiles.kept.empty());
            tiles.tiles[tile][at] ^= 1;
        }
    }
    tiles.tiles[{0, 1, 256}].pop_back();
    CHECK(hashes.read(wanted).error().text() == "tile/0/001: does not have 256 hashes");
    tiles.tiles.erase({0, 1, 256});
    CHECK(hashes.read(wanted).error().code == ErrorCode::not_found);
}

TEST_CASE("a root of another tree is not proven by good tiles, and what is not in the tree is not found") {
    MemoryTree tree;
    tree.grow_to(300);
    MemoryTiles tiles(tree, 300);
    TileHashes other({300, sha256("another")}, tiles);
    CHECK(other.read({{0, 0}}).error().message ==
          "the tiles at the edge of the tree of 300 leaves do not give its root");
    TileHashes hashes(tree.head(300), tiles);
    CHECK(hashes.read({}).value().empty());
    CHECK(hashes.read({{0, 299}}).ok());
    CHECK(hashes.read({{0, 300}}).error().code == ErrorCode::not_found);
    CHECK(hashes.read({{8, 1}}).error().code == ErrorCode::not_found);
    CHECK(hashes.read({{63, 0}}).error().code == ErrorCode::not_found);
    CHECK(hashes.read({{70, UINT64_MAX}}).error().code == ErrorCode::not_found);
}

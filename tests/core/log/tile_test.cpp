#include "core/log/tile.h"

#include <set>

#include <catch_amalgamated.hpp>

#include "tests/core/log/trees.h"
#include "tests/support/cases.h"
#include "tests/support/fakes.h"

using namespace countersign;
using countersign::testing::MemoryTree;
using countersign::testing::SeededEntropy;

TEST_CASE("paths of tiles are those of the C2SP page") {
    CHECK(tile_path({0, 1'234'067, 256}) == "tile/0/x001/x234/067");
    CHECK(tile_path({2, 0, 1}) == "tile/2/000.p/1");
    CHECK(tile_path({0, 273, 112}) == "tile/0/273.p/112");
    CHECK(tile_path({63, 1'000, 256}) == "tile/63/x001/000");
    CHECK(entries_path({0, 5, 256}) == "tile/entries/005");
    CHECK(entries_path({0, 123'456'789, 255}) == "tile/entries/x123/x456/789.p/255");
}

TEST_CASE("a path is read in its one form only") {
    constexpr uint64_t kSeed = 64;
    SeededEntropy entropy(kSeed);
    for (int round = 0; round < 500; ++round) {
        const Tile tile{entropy.below(uint32_t{64}), entropy.below(uint64_t{1} << entropy.below(60)),
                        1 + entropy.below(uint32_t{256})};
        INFO("seed " << kSeed << ", round " << round << ": " << tile_path(tile));
        REQUIRE(parse_tile_path(tile_path(tile)).value().tile == tile);
        REQUIRE_FALSE(parse_tile_path(tile_path(tile)).value().entries);
        const Tile bundle{0, tile.index, tile.width};
        REQUIRE(parse_tile_path(entries_path(bundle)).value().tile == bundle);
        REQUIRE(parse_tile_path(entries_path(bundle)).value().entries);
    }
    for (const char* other : {"",
                              "tile",
                              "tile/",
                              "tile/0",
                              "tile/0/",
                              "tile/0/1",
                              "tile/0/0001",
                              "tile/0/x001",
                              "tile/0/001/002",
                              "tile/0/x000/001",
                              "tile/64/000",
                              "tile/00/000",
                              "tile/-1/000",
                              "tile/0/000.p/0",
                              "tile/0/000.p/256",
                              "tile/0/000.p/01",
                              "tile/0/000.p/",
                              "tile/0/000.p",
                              "tile/0/000.p/1/2",
                              "tile/0/+01",
                              "tile/data/000",
                              "tile/entries/x1/000",
                              "/tile/0/000",
                              "tile/0/000/",
                              "tile/0/x999/x999/x999/x999/x999/x999/x999/999",
                              "tile/0/00a",
                              "tile/8/0/000"}) {
        INFO(other);
        CHECK_FALSE(parse_tile_path(other).ok());
    }
}

TEST_CASE("a tree of 70,000 leaves has the tiles that the C2SP page counts") {
    std::map<uint32_t, std::vector<Tile>> levels;
    for (const Tile& tile : tiles_of_growth(0, 70'000)) {
        levels[tile.level].push_back(tile);
    }
    REQUIRE(levels.size() == 3);
    CHECK(levels[0].size() == 274);
    CHECK(levels[0].back() == Tile{0, 273, 112});
    CHECK(levels[1] == std::vector<Tile>{{1, 0, 256}, {1, 1, 17}});
    CHECK(levels[2] == std::vector<Tile>{{2, 0, 1}});
    CHECK(tiles_of_growth(0, 256) == std::vector<Tile>{{0, 0, 256}, {1, 0, 1}});
    CHECK(tiles_of_growth(0, 0).empty());
    CHECK(tiles_of_growth(70'000, 70'000).empty());
    CHECK(tiles_of_growth(255, 257) == std::vector<Tile>{{0, 0, 256}, {0, 1, 1}, {1, 0, 1}});
}

TEST_CASE("growing in steps leaves every tile that a tree of the final size has, and writes none twice") {
    constexpr uint64_t kSeed = 65;
    SeededEntropy entropy(kSeed);
    std::map<std::pair<uint32_t, uint64_t>, uint32_t> written;  // widest so far
    uint64_t size = 0;
    while (size < 200'000) {
        const uint64_t next = size + 1 + entropy.below(uint64_t{700});
        INFO("seed " << kSeed << ", from " << size << " to " << next);
        for (const Tile& tile : tiles_of_growth(size, next)) {
            uint32_t& width = written[{tile.level, tile.index}];
            REQUIRE(width < tile.width);
            width = tile.width;
        }
        size = next;
    }
    std::map<std::pair<uint32_t, uint64_t>, uint32_t> whole;
    for (const Tile& tile : tiles_of_growth(0, size)) {
        whole[{tile.level, tile.index}] = tile.width;
    }
    CHECK(written == whole);
}

TEST_CASE("tiles of a running CT log give the hashes of the tiles above them") {
    const auto full = testing::read_shared("data/corpora/tlog/navigli2025h2/tile/0/000");
    const auto partial = testing::read_shared("data/corpora/tlog/navigli2025h2/tile/0/003.p/10");
    if (!full || !partial) {
        SKIP("no shared data");
    }
    CHECK(parse_tile_path("tile/0/003.p/10").value().tile == Tile{0, 3, 10});
    CHECK(full->size() == size_t{32} * kTileWidth);
    CHECK(partial->size() == size_t{32} * 10);
    // A partial tile is the beginning of the full one.
    CHECK(testing::read_shared("data/corpora/tlog/navigli2025h2/tile/0/003")->starts_with(*partial));
}

TEST_CASE("bundles hold leaves byte for byte, and nothing beside them") {
    std::string bundle;
    REQUIRE(append_entry(bundle, "first").ok());
    REQUIRE(append_entry(bundle, "").ok());
    REQUIRE(append_entry(bundle, std::string(kEntryLimit_bytes, 'x')).ok());
    CHECK(append_entry(bundle, std::string(kEntryLimit_bytes + 1, 'x')).error().code == ErrorCode::exhausted);
    CHECK(bundle.starts_with(std::string("\0\5first\0\0\xff\xff", 11)));
    const auto entries = split_entries(bundle, 3).value();
    REQUIRE(entries.size() == 3);
    CHECK(entries[0] == "first");
    CHECK(entries[1].empty());
    CHECK(entries[2].size() == kEntryLimit_bytes);
    CHECK(split_entries(bundle, 2).error().text() == "entry 2: the bundle has 65537 bytes behind its last entry");
    CHECK(split_entries(bundle, 4).error().text() == "entry 3: the bundle ends within the entry");
    CHECK(split_entries(bundle.substr(0, 6), 1).error().text() == "entry 0: the bundle ends within the entry");
    CHECK(split_entries("", 0).value().empty());
}

#pragma once
// Trees to test with: all hashes of complete subtrees in memory, and tiles cut from them.

#include <map>
#include <string>

#include "core/base/concat.h"
#include "core/log/frontier.h"
#include "core/log/tile_hashes.h"
#include "core/log/tree_proof.h"

namespace countersign::testing {

// A growing log whose storage is a map.
class MemoryTree : public SubtreeHashes {
public:
    void append(std::string_view leaf) {
        std::vector<SubtreeHash> completed;
        frontier.append(leaf_hash(leaf), &completed);
        for (const SubtreeHash& one : completed) {
            hashes[one.subtree] = one.hash;
        }
        roots.push_back(frontier.root());
    }

    void grow_to(uint64_t size) {
        while (frontier.size() < size) {
            append(concat("leaf ", frontier.size()));
        }
    }

    TreeHead head(uint64_t size) const { return {size, roots[static_cast<size_t>(size)]}; }

    Result<std::vector<Digest>> read(const std::vector<Subtree>& wanted) override {
        std::vector<Digest> out;
        for (const Subtree& subtree : wanted) {
            const auto found = hashes.find(subtree);
            if (found == hashes.end()) {
                return fail(ErrorCode::not_found, "the tree is not that large yet");
            }
            out.push_back(found->second);
        }
        ++reads;
        return out;
    }

    TreeFrontier frontier;
    std::map<Subtree, Digest> hashes;
    std::vector<Digest> roots{empty_root()};  // by size
    int reads = 0;
};

// Tiles of a tree of one size, as somebody might hand them out.
class MemoryTiles : public TileSource {
public:
    MemoryTiles(MemoryTree& tree, uint64_t size) {
        for (const Tile& tile : tiles_of_growth(0, size)) {
            tiles[tile] = tile_bytes(tile, tree).value();
        }
    }

    Result<std::vector<std::string>> read(const std::vector<Tile>& wanted) override {
        std::vector<std::string> out;
        for (const Tile& tile : wanted) {
            const auto found = tiles.find(tile);
            if (found == tiles.end()) {
                return fail(ErrorCode::not_found, "is not there", tile_path(tile));
            }
            out.push_back(found->second);
        }
        return out;
    }

    void keep(const std::vector<Tile>& checked, const std::vector<std::string>& bytes) override {
        for (size_t i = 0; i < checked.size(); ++i) {
            kept[checked[i]] = bytes[i];
        }
    }

    std::map<Tile, std::string> tiles;
    std::map<Tile, std::string> kept;
};

}  // namespace countersign::testing

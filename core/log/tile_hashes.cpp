#include "core/log/tile_hashes.h"

#include <map>

#include "core/base/concat.h"

namespace countersign {

namespace {

// Where a subtree's hash lies: it is over `count` hashes of a tile, from `begin` on.
struct Place {
    Tile tile;
    uint32_t begin = 0;
    uint32_t count = 0;
};

Place place_of(const Subtree& subtree, uint64_t tree_size) {
    const uint32_t level = subtree.level / kTileHeight;
    const uint32_t height = subtree.level % kTileHeight;
    const uint64_t first = subtree.index << height;  // among the hashes of that level
    const auto tile = tile_in_tree(tree_size, level, first / kTileWidth);
    CS_CHECK(tile.has_value());
    return {*tile, static_cast<uint32_t>(first % kTileWidth), uint32_t{1} << height};
}

Digest hash_at(const std::string& bytes, uint32_t index) {
    return digest_from_bytes(std::string_view(bytes).substr(size_t{32} * index, 32)).value();
}

// Over a power of two of neighbouring hashes.
Digest hash_over(const std::string& bytes, uint32_t begin, uint32_t count) {
    if (count == 1) {
        return hash_at(bytes, begin);
    }
    return node_hash(hash_over(bytes, begin, count / 2), hash_over(bytes, begin + count / 2, count / 2));
}

// The tiles of one reading, parents before children, and where each is among them.
class Plan {
public:
    explicit Plan(uint64_t tree_size) : tree_size_(tree_size) {}

    bool has(const Tile& tile) const { return places_.contains(tile); }

    size_t add(const Tile& tile) {
        const auto [at, is_new] = places_.try_emplace(tile, tiles_.size());
        if (is_new) {
            tiles_.push_back(tile);
        }
        return at->second;
    }

    // With the tiles above it, up to one that is there: those at the right edge are.
    void add_with_parents(const Tile& tile) {
        if (!has(tile)) {
            add_with_parents(parent_of(tile));
            add(tile);
        }
    }

    Tile parent_of(const Tile& tile) const {
        const auto parent = tile_in_tree(tree_size_, tile.level + 1, tile.index / kTileWidth);
        CS_CHECK(tile.width == kTileWidth && parent.has_value());
        return *parent;
    }

    const std::vector<Tile>& tiles() const { return tiles_; }

    size_t index_of(const Tile& tile) const { return places_.at(tile); }

private:
    uint64_t tree_size_;
    std::vector<Tile> tiles_;
    std::map<Tile, size_t> places_;
};

bool is_in_tree(const Subtree& subtree, uint64_t size) {
    return subtree.level < 48 && subtree.index < kTreeSize_max && (subtree.index + 1) <= (size >> subtree.level);
}

}  // namespace

void TileSource::keep(const std::vector<Tile>& /*tiles*/, const std::vector<std::string>& /*bytes*/) {}

Result<std::vector<Digest>> TileHashes::read(const std::vector<Subtree>& wanted) {
    for (const Subtree& subtree : wanted) {
        if (!is_in_tree(subtree, head_.size)) {
            return fail(ErrorCode::not_found, concat("a tree of ", head_.size, " leaves has no subtree ", subtree.index,
                                                     " at level ", subtree.level));
        }
    }
    if (wanted.empty()) {
        return std::vector<Digest>();
    }
    Plan plan(head_.size);
    const std::vector<Subtree> edge = subtrees_of(0, head_.size);
    for (const Subtree& subtree : edge) {
        plan.add(place_of(subtree, head_.size).tile);
    }
    const size_t edge_tiles = plan.tiles().size();
    for (const Subtree& subtree : wanted) {
        plan.add_with_parents(place_of(subtree, head_.size).tile);
    }

    const std::vector<std::string> bytes = CS_TRY(source_.read(plan.tiles()));
    for (size_t i = 0; i < plan.tiles().size(); ++i) {
        const Tile& tile = plan.tiles()[i];
        if (i >= bytes.size() || bytes[i].size() != size_t{32} * tile.width) {
            return fail(ErrorCode::corrupt, concat("does not have ", tile.width, " hashes"), tile_path(tile));
        }
    }
    const auto hash_of = [&](const Subtree& subtree) {
        const Place place = place_of(subtree, head_.size);
        return hash_over(bytes[plan.index_of(place.tile)], place.begin, place.count);
    };
    std::vector<Digest> edge_hashes;
    edge_hashes.reserve(edge.size());
    for (const Subtree& subtree : edge) {
        edge_hashes.push_back(hash_of(subtree));
    }
    if (join(edge_hashes) != head_.root) {
        return fail(ErrorCode::corrupt,
                    concat("the tiles at the edge of the tree of ", head_.size, " leaves do not give its root"));
    }
    for (size_t i = edge_tiles; i < plan.tiles().size(); ++i) {
        const Tile& tile = plan.tiles()[i];
        const std::string& parent = bytes[plan.index_of(plan.parent_of(tile))];
        if (hash_over(bytes[i], 0, kTileWidth) != hash_at(parent, static_cast<uint32_t>(tile.index % kTileWidth))) {
            return fail(ErrorCode::corrupt, "is not the tile that the tile above it was made from", tile_path(tile));
        }
    }
    source_.keep(plan.tiles(), bytes);
    std::vector<Digest> out;
    out.reserve(wanted.size());
    for (const Subtree& subtree : wanted) {
        out.push_back(hash_of(subtree));
    }
    return out;
}

}  // namespace countersign

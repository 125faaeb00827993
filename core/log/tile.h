#pragma once
// Tiles (C2SP tlog-tiles): the tree cut into files of 256 hashes that never change once they are full, and entry
// bundles with the leaves themselves.
//
//   tile/<level>/<index>[.p/<width>]      hash i is that of the subtree {8 * level, 256 * index + i}; 32 bytes each
//   tile/entries/<index>[.p/<width>]      leaves, each behind its length in two bytes, big-endian
//
// An index is written three digits at a time, all but the last with an x before it: 1234067 is x001/x234/067. A tile
// with fewer than 256 hashes is partial and carries its width; it is replaced when the tree grows. Errors:
// invalid_argument, for a path as a whole or with field "entry N" of a bundle.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/log/tree.h"

namespace countersign {

inline constexpr uint32_t kTileHeight = 8;
inline constexpr uint32_t kTileWidth = 256;
inline constexpr size_t kEntryLimit_bytes = 65'535;

struct Tile {
    uint32_t level = 0;
    uint64_t index = 0;
    uint32_t width = kTileWidth;

    auto operator<=>(const Tile&) const = default;
};

std::string tile_path(const Tile& tile);
// Of the bundle with the leaves of this tile, whose level is 0.
std::string entries_path(const Tile& tile);

struct TilePath {
    bool entries = false;
    Tile tile;
};

// Only the one form that the functions above give.
Result<TilePath> parse_tile_path(std::string_view path);

// The tile at this place as wide as it is in a tree of `size`; nothing where it would be empty.
std::optional<Tile> tile_in_tree(uint64_t size, uint32_t level, uint64_t index);
// What must be written when a tree has grown from `old_size` to `size`: full tiles that are new, and the partial ones
// at the right edge that changed, from level 0 upwards. Those of level 0 are also the entry bundles to write.
std::vector<Tile> tiles_of_growth(uint64_t old_size, uint64_t size);

Result<std::string> tile_bytes(const Tile& tile, SubtreeHashes& hashes);

// Behind the entries that a bundle has already. exhausted for a leaf above kEntryLimit_bytes.
Status append_entry(std::string& bundle, std::string_view leaf);
// The leaves of a bundle that must have `count` of them.
Result<std::vector<std::string_view>> split_entries(std::string_view bundle, uint32_t count);

}  // namespace countersign

#include "core/log/tile.h"

#include <algorithm>

#include "core/base/concat.h"
#include "core/base/decimal.h"
#include "core/base/utf8.h"

namespace countersign {

namespace {

constexpr uint64_t kPathBase = 1'000;
constexpr uint32_t kLevel_max = 63;
constexpr std::string_view kPrefix = "tile/";
constexpr std::string_view kEntries = "entries";
constexpr size_t kPath_bytes = 80;

std::string three_digits(uint64_t number) {
    return concat(number / 100 % 10, number / 10 % 10, number % 10);
}

std::string path_of(std::string_view level, const Tile& tile) {
    std::string number = three_digits(tile.index % kPathBase);
    for (uint64_t rest = tile.index / kPathBase; rest > 0; rest /= kPathBase) {
        number = concat('x', three_digits(rest % kPathBase), '/', number);
    }
    return concat(kPrefix, level, '/', number, tile.width == kTileWidth ? std::string() : concat(".p/", tile.width));
}

// Hashes at this level in a tree of `size`; 0 above its top.
uint64_t hashes_at(uint64_t size, uint32_t level) {
    return level * kTileHeight < 64 ? size >> (level * kTileHeight) : 0;
}

std::optional<uint64_t> read_index(std::string_view path) {
    uint64_t index = 0;
    for (bool last = false; !last;) {
        const size_t slash = path.find('/');
        last = slash == std::string_view::npos;
        std::string_view part = path.substr(0, slash);
        path.remove_prefix(last ? path.size() : slash + 1);
        part.remove_prefix(!last && part.starts_with('x') ? 1 : 0);
        const bool digits =
            part.size() == 3 && std::all_of(part.begin(), part.end(), [](char c) { return c >= '0' && c <= '9'; });
        if (!digits || index > UINT64_MAX / kPathBase - 1) {
            return std::nullopt;
        }
        index =
            index * kPathBase + static_cast<uint64_t>((part[0] - '0') * 100 + (part[1] - '0') * 10 + (part[2] - '0'));
    }
    return index;
}

std::optional<TilePath> read_path(std::string_view path) {
    if (path.size() > kPath_bytes || !path.starts_with(kPrefix)) {
        return std::nullopt;
    }
    path.remove_prefix(kPrefix.size());
    const size_t slash = path.find('/');
    if (slash == std::string_view::npos) {
        return std::nullopt;
    }
    TilePath out;
    const std::string_view level = path.substr(0, slash);
    path.remove_prefix(slash + 1);
    out.entries = level == kEntries;
    const auto number = out.entries ? std::optional<uint64_t>(0) : read_decimal(level);
    if (!number || *number > kLevel_max) {
        return std::nullopt;
    }
    out.tile.level = static_cast<uint32_t>(*number);
    if (const size_t partial = path.find(".p/"); partial != std::string_view::npos) {
        const auto width = read_decimal(path.substr(partial + 3));
        if (!width || *width == 0 || *width >= kTileWidth) {
            return std::nullopt;
        }
        out.tile.width = static_cast<uint32_t>(*width);
        path = path.substr(0, partial);
    }
    const auto index = read_index(path);
    out.tile.index = index.value_or(0);
    return index ? std::optional(out) : std::nullopt;
}

}  // namespace

std::string tile_path(const Tile& tile) {
    return path_of(concat(tile.level), tile);
}

std::string entries_path(const Tile& tile) {
    return path_of(kEntries, tile);
}

Result<TilePath> parse_tile_path(std::string_view path) {
    const auto read = read_path(path);
    if (!read || path != (read->entries ? entries_path(read->tile) : tile_path(read->tile))) {
        return fail(ErrorCode::invalid_argument,
                    concat("'", utf8::shortened(path, kPath_bytes), "' is not the path of a tile or an entry bundle"));
    }
    return *read;
}

std::optional<Tile> tile_in_tree(uint64_t size, uint32_t level, uint64_t index) {
    const uint64_t hashes = hashes_at(size, level);
    if (index > hashes / kTileWidth || index * kTileWidth >= hashes) {
        return std::nullopt;
    }
    const uint64_t width = std::min<uint64_t>(hashes - index * kTileWidth, kTileWidth);
    return Tile{level, index, static_cast<uint32_t>(width)};
}

std::vector<Tile> tiles_of_growth(uint64_t old_size, uint64_t size) {
    std::vector<Tile> out;
    for (uint32_t level = 0; hashes_at(size, level) > 0; ++level) {
        if (hashes_at(old_size, level) >= hashes_at(size, level)) {
            continue;
        }
        uint64_t index = hashes_at(old_size, level) / kTileWidth;
        for (auto tile = tile_in_tree(size, level, index); tile; tile = tile_in_tree(size, level, ++index)) {
            out.push_back(*tile);
        }
    }
    return out;
}

Result<std::string> tile_bytes(const Tile& tile, SubtreeHashes& hashes) {
    std::vector<Subtree> wanted;
    wanted.reserve(tile.width);
    for (uint32_t i = 0; i < tile.width; ++i) {
        wanted.push_back({tile.level * kTileHeight, tile.index * kTileWidth + i});
    }
    std::string out;
    for (const Digest& hash : CS_TRY(hashes.read(wanted))) {
        out += hash.view();
    }
    return out;
}

Status append_entry(std::string& bundle, std::string_view leaf) {
    if (leaf.size() > kEntryLimit_bytes) {
        return fail(ErrorCode::exhausted,
                    concat("an entry has ", leaf.size(), " bytes; at most ", kEntryLimit_bytes, " fit a bundle"));
    }
    bundle.push_back(static_cast<char>(leaf.size() >> 8));
    bundle.push_back(static_cast<char>(leaf.size() & 0xFF));
    bundle += leaf;
    return success();
}

Result<std::vector<std::string_view>> split_entries(std::string_view bundle, uint32_t count) {
    std::vector<std::string_view> out;
    for (std::string_view rest = bundle; out.size() < count || !rest.empty();) {
        if (out.size() == count) {
            return fail(ErrorCode::invalid_argument,
                        concat("the bundle has ", rest.size(), " bytes behind its last entry"),
                        concat("entry ", count));
        }
        const size_t size = rest.size() < 2 ? 0
                                            : static_cast<size_t>(static_cast<unsigned char>(rest[0])) << 8 |
                                                  static_cast<unsigned char>(rest[1]);
        if (rest.size() < 2 + size) {
            return fail(ErrorCode::invalid_argument, "the bundle ends within the entry", concat("entry ", out.size()));
        }
        out.push_back(rest.substr(2, size));
        rest.remove_prefix(2 + size);
    }
    return out;
}

}  // namespace countersign

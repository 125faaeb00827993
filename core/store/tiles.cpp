#include "core/store/tiles.h"

#include <map>

#include "core/base/concat.h"
#include "core/log/frontier.h"

namespace countersign::store {

namespace {

constexpr size_t kHash_bytes = 32;
constexpr int64_t kMostTiles = int64_t{1} << 40;

Error torn(const Tile& tile) {
    return fail(ErrorCode::corrupt,
                concat("the tile ", tile.index, " of level ", tile.level, " is not as long as the tree needs it"),
                "tile");
}

Status write_tile(Database& database, const ProjectRow& project, uint32_t level, uint64_t index,
                  const std::string& bytes) {
    Statement insert = CS_TRY(
        database.prepare("INSERT INTO tile(project, level, n, hashes) VALUES (?, ?, ?, ?) ON CONFLICT(project, level, "
                         "n) DO UPDATE SET hashes = excluded.hashes"));
    return insert.bind(project.no).bind(int64_t{level}).bind(static_cast<int64_t>(index)).bind_blob(bytes).run();
}

}  // namespace

Result<std::string> read_tile(Database& database, const ProjectRow& project, uint32_t level, uint64_t index) {
    Statement select = CS_TRY(database.prepare("SELECT hashes FROM tile WHERE project = ? AND level = ? AND n = ?"));
    select.bind(project.no).bind(int64_t{level}).bind(static_cast<int64_t>(index));
    return CS_TRY(select.step()) ? std::string(select.blob(0)) : std::string();
}

Result<uint64_t> tiled_size(Database& database, const ProjectRow& project) {
    Statement select = CS_TRY(
        database.prepare("SELECT n, length(hashes) FROM tile WHERE project = ? AND level = 0 ORDER BY n DESC LIMIT 1"));
    select.bind(project.no);
    if (!CS_TRY(select.step())) {
        return uint64_t{0};
    }
    const auto full = static_cast<uint64_t>(CS_TRY(select.integer_within(0, 0, kMostTiles)));
    const int64_t longest = kTileWidth * kHash_bytes;
    return full * kTileWidth + static_cast<uint64_t>(CS_TRY(select.integer_within(1, 0, longest))) / kHash_bytes;
}

Status add_leaves(Database& database, const ProjectRow& project, const std::vector<Digest>& leaf_hashes) {
    const uint64_t size = CS_TRY(tiled_size(database, project));
    TreeTable table(database, project);
    std::vector<Digest> edge = CS_TRY(table.read(subtrees_of(0, size)));
    TreeFrontier frontier = CS_TRY(TreeFrontier::from(size, std::move(edge)));
    std::map<std::pair<uint32_t, uint64_t>, std::string> tiles;
    std::vector<SubtreeHash> completed;
    for (const Digest& hash : leaf_hashes) {
        completed.clear();
        frontier.append(hash, &completed);
        for (const SubtreeHash& one : completed) {
            if (one.subtree.level % kTileHeight != 0) {
                continue;
            }
            const Tile tile{one.subtree.level / kTileHeight, one.subtree.index / kTileWidth};
            const uint64_t before = one.subtree.index % kTileWidth;
            auto known = tiles.find({tile.level, tile.index});
            if (known == tiles.end()) {
                std::string bytes =
                    before == 0 ? std::string() : CS_TRY(read_tile(database, project, tile.level, tile.index));
                known = tiles.emplace(std::pair(tile.level, tile.index), std::move(bytes)).first;
            }
            if (known->second.size() != before * kHash_bytes) {
                return torn(tile);
            }
            known->second += one.hash.view();
        }
    }
    for (const auto& [place, bytes] : tiles) {
        CS_TRY_STATUS(write_tile(database, project, place.first, place.second, bytes));
    }
    return success();
}

Status drop_tiles(Database& database, const ProjectRow& project) {
    Statement remove = CS_TRY(database.prepare("DELETE FROM tile WHERE project = ?"));
    return remove.bind(project.no).run();
}

// A subtree between two levels of tiles is joined from the hashes that it has in the lower one.
Result<Digest> TreeTable::read_one(const Subtree& wanted) {
    const uint32_t within = wanted.level % kTileHeight;
    const uint64_t first = wanted.index << within;
    const uint64_t count = uint64_t{1} << within;
    const Tile tile{wanted.level / kTileHeight, first / kTileWidth};
    if (tile.level != tile_.level || tile.index != tile_.index) {
        bytes_ = CS_TRY(read_tile(database_, project_, tile.level, tile.index));
        tile_ = tile;
    }
    const auto at = static_cast<size_t>(first % kTileWidth);
    if (bytes_.size() % kHash_bytes != 0 || bytes_.size() < (at + count) * kHash_bytes) {
        return torn(tile);
    }
    std::vector<Digest> hashes;
    for (size_t i = at; i < at + count; ++i) {
        hashes.push_back(CS_TRY(digest_from_bytes(std::string_view(bytes_).substr(i * kHash_bytes, kHash_bytes))));
    }
    for (; hashes.size() > 1; hashes.resize(hashes.size() / 2)) {
        for (size_t i = 0; i < hashes.size() / 2; ++i) {
            hashes[i] = node_hash(hashes[2 * i], hashes[2 * i + 1]);
        }
    }
    return hashes.front();
}

Result<std::vector<Digest>> TreeTable::read(const std::vector<Subtree>& wanted) {
    std::vector<Digest> out;
    for (const Subtree& one : wanted) {
        out.push_back(CS_TRY(read_one(one)));
    }
    return out;
}

}  // namespace countersign::store

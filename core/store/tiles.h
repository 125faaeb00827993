#pragma once
// The hashes of a project's tree as rows of tiles (core/log/tile.h), as far as leaves have been added to it. The tree
// may be behind the log: it is brought up to it when a checkpoint is made (core/seal).
//
// Contract: add_leaves() inside a transaction. Errors: corrupt when a tile is not as long as it must be.

#include <string>
#include <vector>

#include "core/log/tile.h"
#include "core/store/projects.h"
#include "core/store/sqlite.h"

namespace countersign::store {

// As many bytes as the row has; empty when there is none.
Result<std::string> read_tile(Database& database, const ProjectRow& project, uint32_t level, uint64_t index);
// How many leaves the tiles cover.
Result<uint64_t> tiled_size(Database& database, const ProjectRow& project);
// The next leaves, by their hashes.
Status add_leaves(Database& database, const ProjectRow& project, const std::vector<Digest>& leaf_hashes);
// All of them: the tree is made again from the leaves.
Status drop_tiles(Database& database, const ProjectRow& project);

// Hashes of complete subtrees out of the rows.
class TreeTable : public SubtreeHashes {
public:
    // Both outlive this.
    TreeTable(Database& database, const ProjectRow& project) : database_(database), project_(project) {}

    Result<std::vector<Digest>> read(const std::vector<Subtree>& wanted) override;

private:
    Result<Digest> read_one(const Subtree& wanted);

    Database& database_;
    const ProjectRow& project_;
    // The tile that was read last: neighbours are asked for one after another.
    Tile tile_{~0U, 0, 0};
    std::string bytes_;
};

}  // namespace countersign::store

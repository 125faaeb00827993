#pragma once
// Hashes of subtrees out of tiles that somebody else keeps: every tile is checked against a root before a hash of it is
// given out. What comes from here is proven to be in the tree.
//
// How: the tiles at the right edge give the root, so they are right when it is; every full tile is a hash in the tile
// above it, so it is right when that one is. (The idea is that of TileHashReader in Go's sumdb/tlog.)
// Errors: not_found for a subtree that is not in the tree; corrupt when tiles do not fit together or to the root;
// errors of the source.

#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/log/tile.h"
#include "core/log/tree_proof.h"

namespace countersign {

class TileSource {
public:
    virtual ~TileSource() = default;
    // The bytes of each tile, in their order; they are not believed.
    virtual Result<std::vector<std::string>> read(const std::vector<Tile>& tiles) = 0;
    // These have been checked now, and may be kept.
    virtual void keep(const std::vector<Tile>& tiles, const std::vector<std::string>& bytes);
};

class TileHashes : public SubtreeHashes {
public:
    // The head is believed; both outlive this.
    TileHashes(const TreeHead& head, TileSource& source) : head_(head), source_(source) {}

    Result<std::vector<Digest>> read(const std::vector<Subtree>& wanted) override;

private:
    TreeHead head_;
    TileSource& source_;
};

}  // namespace countersign

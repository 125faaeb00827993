#include "core/seal/seal.h"

#include <algorithm>

#include "core/base/concat.h"
#include "core/log/checkpoint.h"
#include "core/log/frontier.h"
#include "core/store/ledger.h"
#include "core/store/tiles.h"

namespace countersign::seal {

namespace {

constexpr uint64_t kRun = 10'000;  // leaves in memory at a time

// Leaves [from, to), hashed as they stand in the store.
Result<std::vector<Digest>> hash_leaves(store::Database& database, const store::ProjectRow& project, uint64_t from,
                                        uint64_t to) {
    std::vector<Digest> out;
    while (out.size() < to - from) {
        const size_t before = out.size();
        const size_t wanted = static_cast<size_t>(std::min(kRun, to - from - before));
        const std::vector<store::StoredEvent> events =
            CS_TRY(store::read_run(database, project, from + before, wanted));
        for (const store::StoredEvent& event : events) {
            if (event.seq != from + out.size() + 1) {
                break;
            }
            out.push_back(leaf_hash(event.leaf));
        }
        if (out.size() != before + wanted) {
            return fail(ErrorCode::corrupt,
                        concat("event ", from + out.size() + 1, " of the project '", project.id.text, "' is missing"),
                        concat("leaf ", from + out.size()));
        }
    }
    return out;
}

// 256 leaves that were hashed before, another tile each time, are as they were.
Status look_again(store::Database& database, const store::ProjectRow& project, uint64_t size, uint64_t turn) {
    const uint64_t tiles = (size + kTileWidth - 1) / kTileWidth;
    if (tiles == 0) {
        return success();
    }
    const uint64_t index = turn % tiles;
    const uint64_t from = index * kTileWidth;
    const uint64_t to = std::min(size, from + kTileWidth);
    const std::vector<Digest> hashes = CS_TRY(hash_leaves(database, project, from, to));
    const std::string tile = CS_TRY(store::read_tile(database, project, 0, index));
    for (size_t i = 0; i < hashes.size(); ++i) {
        if (std::string_view(tile).substr(std::min(i * 32, tile.size()), 32) != hashes[i].view()) {
            return fail(ErrorCode::corrupt,
                        concat("event ", from + i + 1, " of the project '", project.id.text,
                               "' is not what it was when it was sealed"),
                        concat("leaf ", from + i));
        }
    }
    return success();
}

Status check_last(store::Database& database, const store::ProjectRow& project, uint64_t size) {
    const auto last = CS_TRY(store::newest_checkpoint(database, project));
    if (!last) {
        return success();
    }
    if (last->size > project.head_seq) {
        return fail(ErrorCode::corrupt,
                    concat("the last checkpoint of the project '", project.id.text, "' has ", last->size,
                           " leaves; the log has ", project.head_seq),
                    "checkpoint");
    }
    if (last->size > size) {
        return fail(ErrorCode::corrupt, concat("the tiles cover ", size, " leaves of ", last->size), "tile");
    }
    if (CS_TRY(root_at(database, project, last->size)) != last->root) {
        return fail(ErrorCode::corrupt,
                    concat("the log of the project '", project.id.text, "' is not the one that was sealed at ",
                           last->size, " leaves"),
                    "checkpoint");
    }
    return success();
}

}  // namespace

Result<Digest> root_at(store::Database& database, const store::ProjectRow& project, uint64_t size) {
    const uint64_t tiled = std::min(CS_TRY(store::tiled_size(database, project)), size);
    store::TreeTable table(database, project);
    std::vector<Digest> edge = CS_TRY(table.read(subtrees_of(0, tiled)));
    TreeFrontier frontier = CS_TRY(TreeFrontier::from(tiled, std::move(edge)));
    for (uint64_t at = tiled; at < size; at += kRun) {
        for (const Digest& hash : CS_TRY(hash_leaves(database, project, at, std::min(size, at + kRun)))) {
            frontier.append(hash);
        }
    }
    return frontier.root();
}

Result<std::optional<store::CheckpointRow>> seal(store::Database& database, const store::ProjectRow& project,
                                                 const Sealing& sealing) {
    const auto last = CS_TRY(store::newest_checkpoint(database, project));
    const bool same_epoch = last && last->epoch == sealing.server.epoch;
    if (project.head_seq == 0 || (same_epoch && last->size == project.head_seq)) {
        return std::optional<store::CheckpointRow>();
    }
    const uint64_t old_size = CS_TRY(store::tiled_size(database, project));
    // What an epoch signs covers at least its own beginning: before that, the log was another epoch's.
    const uint64_t begun = CS_TRY(store::continues_at(database, project)) + 1;
    const uint64_t size = std::min(project.head_seq, std::max(old_size + sealing.most_leaves, begun));
    CS_TRY_STATUS(check_last(database, project, old_size));
    CS_TRY_STATUS(look_again(database, project, old_size, static_cast<uint64_t>(sealing.now.us / kSecond_us)));
    const std::vector<Digest> hashes = CS_TRY(hash_leaves(database, project, old_size, size));
    store::TreeTable before(database, project);
    std::vector<Digest> edge = CS_TRY(before.read(subtrees_of(0, old_size)));
    TreeFrontier frontier = CS_TRY(TreeFrontier::from(old_size, std::move(edge)));
    for (const Digest& hash : hashes) {
        frontier.append(hash);
    }
    CS_TRY_STATUS(store::add_leaves(database, project, hashes));
    store::TreeTable after(database, project);
    if (CS_TRY(root_of(size, after)) != frontier.root()) {
        return fail(ErrorCode::corrupt, "the tree as it is stored has another root than the leaves", "tile");
    }
    store::CheckpointRow out;
    out.epoch = sealing.server.epoch;
    out.size = size;
    out.root = frontier.root();
    out.note = CS_TRY(sign_checkpoint({sealing.server.origin(project.id), {size, out.root}}, sealing.key));
    out.at = sealing.now;
    CS_TRY_STATUS(store::add_checkpoint(database, project, out));
    return std::optional<store::CheckpointRow>(std::move(out));
}

}  // namespace countersign::seal

#pragma once
// A device looks after its server's log: every checkpoint that it believes in goes on from the one before, and every
// decision of its own that it calls sealed is in the log under it. Checkpoints of others, as their devices named them
// in their operations, are compared as well, so that a server that shows different logs to different people is found
// out.
//
// How: what is needed of the tree comes as tiles from the server, which are believed only as far as they give the
// signed root (core/log/tile_hashes.h). check() says which are missing; when all are here it does its work in one
// transaction.
//
// Contract: nothing but levels, checkpoints and notices is changed. Errors: corrupt when the log is not the one that
// was seen before, or when the tiles are of another life of the server than the checkpoint: whoever calls asks for that
// before dispute(), and checks again; invalid_argument for a checkpoint that cannot be read or is not signed by the
// server's key.

#include <map>
#include <string>
#include <vector>

#include "core/crypto/ed25519.h"
#include "core/log/checkpoint.h"
#include "core/log/tile.h"
#include "core/sync/device.h"

namespace countersign::sync {

class LogWatch {
public:
    LogWatch(Device& device, ActorId account, ProjectId project)
        : device_(device), account_(std::move(account)), project_(std::move(project)) {}

    // Whether this checkpoint is worth the requests: something of the account's own can be sealed by it, or a claim of
    // somebody else is to be compared, or none was checked for some time.
    Result<bool> wants(const std::string& note);
    // The tiles that are still needed; none: it is checked.
    Result<std::vector<Tile>> check(const std::string& note);
    // The account is told that the server's log is not what it should be (NoticeKind::log_disputed).
    Status dispute(const std::string& note);
    // Whether the checkpoint is of the server's life that is called so.
    static bool is_of(const std::string& note, std::string_view incarnation);

    void take(const Tile& tile, std::string bytes) { tiles_[tile] = std::move(bytes); }

    // The key that the server showed when it was met first; empty when that is still to come.
    Result<std::optional<crypto::PublicKey>> key();
    Status keep_key(std::string_view hex);

private:
    struct Own {
        store::StreamRow stream;
        uint64_t sealed = 0;  // up to here with this checkpoint
        std::vector<EventSeq> events;
    };

    Result<Checkpoint> read(const std::string& note);
    Result<std::vector<Own>> own_below(const store::ProjectRow& project, uint64_t size);
    Status prove(const store::ProjectRow& project, const Checkpoint& checkpoint, const std::vector<Own>& own,
                 std::vector<Tile>& missing);
    Status compare(const store::ProjectRow& project, const Checkpoint& checkpoint, SubtreeHashes& hashes);
    Status raise(const store::ProjectRow& project, const Checkpoint& checkpoint, const std::string& note,
                 const std::vector<Own>& own);

    Device& device_;
    ActorId account_;
    ProjectId project_;
    std::string verified_note_;  // under the key that is known, and what it says
    Checkpoint verified_;
    std::map<Tile, std::string> tiles_;
    uint64_t tiles_epoch_ = 0;  // of the checkpoint for which they were asked
};

// A checkpoint that somebody's device has named, remembered until it is compared. Inside a transaction.
Status remember_claim(store::Database& database, const ProjectId& project, const SeenCheckpoint& claim);

}  // namespace countersign::sync

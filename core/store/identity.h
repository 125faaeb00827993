#pragma once
// Which server this store belongs to, and in which of its lives: the epoch changes with every restore, so that fences
// and the log's origin can never repeat.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/ids.h"
#include "core/base/instant.h"
#include "core/base/result.h"
#include "core/ports/entropy.h"
#include "core/store/projects.h"
#include "core/store/sqlite.h"

namespace countersign::store {

struct ServerIdentity {
    std::string server;  // 16 hex digits, for ever
    uint64_t epoch = 0;  // 1, then Unix milliseconds of each restore
    std::string nonce;   // 16 hex digits, of the epoch

    // "1-5f0c...": two epochs are the same when this is.
    std::string incarnation() const;
    // Of a project's log: "countersign/<server>/<project>/<epoch>".
    std::string origin(const ProjectId& project) const;
};

// Made when the store has none.
Result<ServerIdentity> ensure_identity(Database& database, Entropy& entropy);
// failed_precondition when the store has none yet.
Result<ServerIdentity> read_identity(Database& database);

// The epochs of a project's log, oldest first: the first begins at 0, each other one goes on behind `continues` entries
// of the one before it. On a server its own, on a device those of the server as it was met last.
struct EpochMark {
    std::string incarnation;
    EventSeq continues = 0;

    bool operator==(const EpochMark&) const = default;
};

// Empty when none was ever written down.
Result<std::vector<EpochMark>> read_epochs(Database& database, const ProjectRow& project);
Status write_epochs(Database& database, const ProjectRow& project, const std::vector<EpochMark>& epochs);
// How many entries of two logs are the same for certain; UINT64_MAX when both are one. Servers are put back to any of
// their backups: the epochs that a device has met need not all be among those of the server now.
EventSeq common_entries(const std::vector<EpochMark>& a, const std::vector<EpochMark>& b);

// Where the project's log of the present epoch goes on from an older one's; 0 in the first epoch. On a device: from the
// one of the newest checkpoint that it has verified (core/sync/incarnation.h).
Result<EventSeq> continues_at(Database& database, const ProjectRow& project);
Status set_continues_at(Database& database, const ProjectRow& project, EventSeq size);
// The public key that signs the logs in this epoch (32 bytes), as far as it was noted: stores of before do not have it.
Result<std::optional<std::string>> epoch_key(Database& database, uint64_t epoch);
Status note_epoch_key(Database& database, uint64_t epoch, std::string_view key);
// The next epoch, greater than `above`; the caller records the event that says so in each project.
Result<ServerIdentity> begin_epoch(Database& database, Entropy& entropy, Instant now, uint64_t above);

}  // namespace countersign::store
